/// A trial: pods come, run and end at a rate on a real API server, while whatever the servo stands
/// on is killed, cut off and made to lie. In the end each run must have been reported, and once.
@NullMarked
package io.multijob.e2e.chaos;

import org.jspecify.annotations.NullMarked;
