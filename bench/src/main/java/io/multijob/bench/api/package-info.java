/// A client of the API server that costs next to nothing and knows to the microsecond when an
/// answer came: one connection, one thread, nothing parsed.
@NullMarked
package io.multijob.bench.api;

import org.jspecify.annotations.NullMarked;
