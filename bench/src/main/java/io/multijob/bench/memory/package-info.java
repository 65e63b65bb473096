/// What the servo keeps resident: with no pod, with 150,000 of them, while it lists them all again,
/// and after an hour of changes; beside an informer that holds the same pods.
@NullMarked
package io.multijob.bench.memory;

import org.jspecify.annotations.NullMarked;
