/// What a person and a machine can see of the servo: metrics, health, logs. Nothing here decides
/// anything.
@NullMarked
package io.multijob.servo.observe;

import org.jspecify.annotations.NullMarked;
