/// Measures the servo against its goals, each figure beside another's; `bench/README.md` says how
/// to repeat each.
@NullMarked
package io.multijob.bench;

import org.jspecify.annotations.NullMarked;
