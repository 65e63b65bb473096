package io.multijob.servo.stats;

/// How far a run has come: live, ended and waiting for its statistics, or settled.
sealed interface Stage permits LivePod, EndedRun, Settled {}
