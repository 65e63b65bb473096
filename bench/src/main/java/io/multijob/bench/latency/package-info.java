/// How long a report takes: pods whose statuses are written on a schedule that waits for nobody, on
/// a real API server, with the servo as a process of its own and a service that takes the time.
@NullMarked
package io.multijob.bench.latency;

import org.jspecify.annotations.NullMarked;
