/// What a person and a machine can see of the servo: metrics, health, logs. Learns by listening to
/// the others and decides nothing.
@NullMarked
package io.multijob.servo.observe;

import org.jspecify.annotations.NullMarked;
