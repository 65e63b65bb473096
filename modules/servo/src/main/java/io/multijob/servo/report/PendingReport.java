package io.multijob.servo.report;

import java.time.Instant;

/// A report that the service does not have yet.
///
/// @param since when the outbox took it
public record PendingReport(Report report, Instant since) {}
