package io.multijob.podmon;

import java.time.Duration;

/// How the pod stands, as far as it matters for whether it is over.
///
/// @param gone whether the pod's group has been removed
/// @param running containers beside podmon in which processes are; mostly one of them is pause
/// @param seenRunning whether one of these came while podmon watched
/// @param ended containers that have ended while podmon watched
/// @param usedBefore CPU time in the pod of what had gone before podmon came
record PodState(boolean gone, int running, boolean seenRunning, int ended, Duration usedBefore) {
  static final PodState UNKNOWN = new PodState(false, 0, false, 0, Duration.ZERO);
}
