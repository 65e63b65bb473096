@NullMarked
package io.multijob.bench.figure;

import org.jspecify.annotations.NullMarked;
