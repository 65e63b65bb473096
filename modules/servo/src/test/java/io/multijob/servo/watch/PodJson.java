package io.multijob.servo.watch;

/// Pods as an API server would write them, with what a test needs of them.
public final class PodJson {
  private static final String MAIN =
      "\"name\":\"main\",\"containerID\":\"containerd://" + "4f".repeat(32) + "\"";

  private PodJson() {}

  public static String pending(String uid, String version) {
    return pod(uid, version, "{\"phase\":\"Pending\"}");
  }

  public static String running(String uid, String version) {
    return pod(
        uid,
        version,
        "{\"phase\":\"Running\",\"containerStatuses\":[{"
            + MAIN
            + ",\"state\":{\"running\":{\"startedAt\":\"2026-11-22T10:00:04Z\"}}}]}");
  }

  public static String completed(String uid, String version) {
    return pod(
        uid,
        version,
        "{\"phase\":\"Succeeded\",\"containerStatuses\":[{"
            + MAIN
            + ",\"state\":{\"terminated\":{\"exitCode\":0,\"reason\":\"Completed\","
            + "\"startedAt\":\"2026-11-22T10:00:04Z\",\"finishedAt\":\"2026-11-22T10:00:06Z\"}}}]}");
  }

  /// A one-time pod of namespace `batch` with the app id `nightly`.
  public static String pod(String uid, String version, String status) {
    return """
    {"metadata":{"uid":"%1$s","name":"pod-%1$s","namespace":"batch","resourceVersion":"%2$s",\
    "creationTimestamp":"2026-11-22T10:00:00Z"},\
    "spec":{"restartPolicy":"Never","containers":[{"name":"main",\
    "env":[{"name":"JOBID","value":"nightly"}]}]},"status":%3$s}\
    """
        .formatted(uid, version, status);
  }
}
