/// The machine and the tree that figures belong to, and what the kernel says of a process.
@NullMarked
package io.multijob.bench.machine;

import org.jspecify.annotations.NullMarked;
