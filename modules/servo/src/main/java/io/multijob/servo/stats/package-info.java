/// Joins podmon's figures to runs and sees to it that each run is reported once: from what
/// [io.multijob.servo.watch] sees of the pods, by termination message and by POST, in any order.
/// Knows nothing of how reports are kept or delivered: they go to a
/// [io.multijob.servo.stats.RunSink].
@NullMarked
package io.multijob.servo.stats;

import org.jspecify.annotations.NullMarked;
