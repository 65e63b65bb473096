/// How long it takes from the command to a standing watch.
@NullMarked
package io.multijob.bench.start;

import org.jspecify.annotations.NullMarked;
