/// The service of the trial: takes reports by their idempotency key, well or badly.
@NullMarked
package io.multijob.e2e.chaos.service;

import org.jspecify.annotations.NullMarked;
