/// What was measured: figures, each beside its goal and beside another, and how they are kept and
/// shown. Measures nothing itself.
@NullMarked
package io.multijob.bench.figure;

import org.jspecify.annotations.NullMarked;
