/// Runs and their roll-ups in SQLite. Knows nothing of HTTP; no SQL leaves this package.
@NullMarked
package io.multijob.optune.store;

import org.jspecify.annotations.NullMarked;
