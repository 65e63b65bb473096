/// Tests of what the trial under faults is asked for.
@NullMarked
package io.multijob.e2e.chaos;

import org.jspecify.annotations.NullMarked;
