/// When to try again. Knows nothing of what is tried.
@NullMarked
package io.multijob.servo.retry;

import org.jspecify.annotations.NullMarked;
