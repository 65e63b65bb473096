/// Writes to the API server on a schedule that waits for nobody.
@NullMarked
package io.multijob.bench.rush;

import org.jspecify.annotations.NullMarked;
