/// Tests of what says whether the servo will work.
@NullMarked
package io.multijob.servo.check;

import org.jspecify.annotations.NullMarked;
