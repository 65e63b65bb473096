package io.multijob.servo.report;

import java.time.Instant;
import java.util.List;

/// A change of what the outbox holds.
sealed interface OutboxChange {

  /// A report to keep until the service has it; nothing changes when its id is known.
  record Put(Report report, Instant at) implements OutboxChange {}

  /// A report that may still get better, for the case that it never does; nothing changes when its
  /// id is known.
  record Keep(Report report, Instant at) implements OutboxChange {}

  /// A report that was kept gets no better any more: it is taken as it is.
  record Admit(Report report) implements OutboxChange {}

  /// The service has the reports: their ids stay, their bodies go.
  record Deliver(List<Report> reports, Instant at) implements OutboxChange {
    public Deliver {
      reports = List.copyOf(reports);
    }
  }

  /// The service will never take the report: it is kept for a person.
  record SetAside(Report report, String reason, Instant at) implements OutboxChange {}

  /// What another process has changed ([RefusedReports]) is taken in.
  ///
  /// @param known how many are pending as far as we know
  record Adopt(PendingCounts known) implements OutboxChange {}

  /// These need not be known any longer, where they have been delivered or set aside.
  record Forget(List<String> ids) implements OutboxChange {
    public Forget {
      ids = List.copyOf(ids);
    }
  }
}
