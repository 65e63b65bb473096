/// The `servo` command: it reads arguments, starts what they ask for, and prints. What it starts
/// knows nothing of it.
@NullMarked
package io.multijob.cli;

import org.jspecify.annotations.NullMarked;
