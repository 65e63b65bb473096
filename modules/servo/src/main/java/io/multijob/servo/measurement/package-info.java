/// Makes a MEASUREMENT of a run and what podmon counted of it.
///
/// Pure: no input or output, no clock.
@NullMarked
package io.multijob.servo.measurement;

import org.jspecify.annotations.NullMarked;
