@NullMarked
package io.multijob.bench.api;

import org.jspecify.annotations.NullMarked;
