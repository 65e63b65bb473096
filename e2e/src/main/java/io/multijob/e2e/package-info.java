/// Tests on a real cluster: what they, and the benchmarks, are made of.
@NullMarked
package io.multijob.e2e;

import org.jspecify.annotations.NullMarked;
