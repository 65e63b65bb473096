/// Asks the Optune service what an app's next pod should be given, and tells it what came of that.
///
/// No pod waits for more than the budget, whatever the service does: [Conversations] holds each
/// conversation on a thread of its own, and falls back on the last ADJUST of the app
/// ([KeptAdjustments]) when there is no answer in time. What may take longer happens beside the
/// pods' way: probes of a service that was away, [AdjustmentTeller], [SeenPods].
///
/// Knows nothing of Kubernetes, of the watch or of statistics, and nothing of how settings fit into
/// a pod: an ADJUST is passed on as the service gave it.
@NullMarked
package io.multijob.servo.conversation;

import org.jspecify.annotations.NullMarked;
