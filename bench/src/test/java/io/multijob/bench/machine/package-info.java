@NullMarked
package io.multijob.bench.machine;

import org.jspecify.annotations.NullMarked;
