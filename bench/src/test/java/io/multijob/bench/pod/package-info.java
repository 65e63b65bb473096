@NullMarked
package io.multijob.bench.pod;

import org.jspecify.annotations.NullMarked;
