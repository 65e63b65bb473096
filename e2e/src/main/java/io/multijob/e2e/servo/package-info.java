/// The built servo as a process of its own, started as a user starts it.
@NullMarked
package io.multijob.e2e.servo;

import org.jspecify.annotations.NullMarked;
