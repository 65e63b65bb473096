/// The endpoint of the Optune protocol: events come in, runs go to the store, commands come back.
@NullMarked
package io.multijob.optune.intake;

import org.jspecify.annotations.NullMarked;
