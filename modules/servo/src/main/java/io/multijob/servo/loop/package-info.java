/// A thread that does one thing again and again. Knows nothing of what is done.
@NullMarked
package io.multijob.servo.loop;

import org.jspecify.annotations.NullMarked;
