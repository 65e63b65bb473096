/// What a Job needs next: how many pods more, how many fewer, and whether it is over. Pure, but for
/// the documents that it reads and writes.
@NullMarked
package io.multijob.sandbox.run.job;

import org.jspecify.annotations.NullMarked;
