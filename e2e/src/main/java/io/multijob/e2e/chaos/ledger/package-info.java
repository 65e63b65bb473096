/// What the trial did and when, what the service took, and whether the one answers to the other.
/// Pure: knows no cluster, no process and no clock.
@NullMarked
package io.multijob.e2e.chaos.ledger;

import org.jspecify.annotations.NullMarked;
