/// What we write on pods: that their run is reported, and the finalizer that keeps them until it
/// is. Beside the hot path, bounded, and given up for a pod that is gone.
///
/// Knows nothing of watching and reporting: it is told what to write.
@NullMarked
package io.multijob.servo.mark;

import org.jspecify.annotations.NullMarked;
