/// Sees the pods: lists and watches them, decodes the stream straight into [io.multijob.servo.pod]
/// projections, and never ends before it is told to. Knows nothing of runs: what is seen goes to a
/// [io.multijob.servo.watch.PodSink].
@NullMarked
package io.multijob.servo.watch;

import org.jspecify.annotations.NullMarked;
