/// Java processes of our own beside this one, each with its own heap, flags and core.
@NullMarked
package io.multijob.bench.child;

import org.jspecify.annotations.NullMarked;
