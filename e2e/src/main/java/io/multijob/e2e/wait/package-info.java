/// Waiting for what must come true within a time.
@NullMarked
package io.multijob.e2e.wait;

import org.jspecify.annotations.NullMarked;
