/// Tests of the trial's judgement.
@NullMarked
package io.multijob.e2e.chaos.ledger;

import org.jspecify.annotations.NullMarked;
