package io.multijob.servo.report;

/// What is to be told of one run.
///
/// @param id the run's, by which a report that comes twice is recognised; not empty
/// @param appId whose run it is; reports of one app are delivered in the order in which they came
/// @param body the event as JSON, as it goes to the service
public record Report(String id, String appId, String body) {

  public Report {
    if (id.isEmpty() || appId.isEmpty()) {
      throw new IllegalArgumentException(
          "a report without id or app: '" + id + "', '" + appId + "'");
    }
  }
}
