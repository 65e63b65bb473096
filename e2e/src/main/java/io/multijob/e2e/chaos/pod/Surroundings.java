package io.multijob.e2e.chaos.pod;

import io.multijob.e2e.chaos.ledger.Ledger;
import java.util.concurrent.CountDownLatch;

/// What the pods of the trial live in.
///
/// @param closing is counted down when pods that wait to be deleted shall stay
record Surroundings(
    PodApi api,
    String namespace,
    String node,
    Posts posts,
    Ledger ledger,
    CountDownLatch closing) {}
