package io.multijob.e2e.chaos.ledger;

/// What the trial does with a pod that a servo must learn of.
public enum Act {
  CREATED,
  /// Its workload's end was written into its status.
  ENDED,
  /// It is no more. Not the wish for it: a pod with a grace period goes on until then.
  DELETED
}
