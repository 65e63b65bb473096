package io.multijob.bench.pod;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// A pod whose life is written by the bench, as manifest and as patches of its status. No scheduler
/// and no kubelet looks at it.
///
/// @param name within its namespace
/// @param appId whose run it is
public record BenchPod(String name, String appId, Variant variant) {
  private static final String MONITOR = "zzzzmonitor";
  private static final long RUN_SECONDS = 60;

  /// What a pod of a Job asks for, in the middle.
  public String manifest() {
    String monitor =
        """
        {"name": "zzzzmonitor", "image": "podmon:1", %s
         "env": [{"name": "POD_UID", "valueFrom": {"fieldRef": {"fieldPath": "metadata.uid"}}}],
         "resources": {"requests": {"cpu": "5m", "memory": "8Mi"}, "limits": {"memory": "16Mi"}},
         "volumeMounts": [{"name": "cgroup", "mountPath": "/host/cgroup", "readOnly": true}]}
        """;
    String asSidecar =
        variant == Variant.MESSAGE ? monitor.formatted("\"restartPolicy\": \"Always\",") : "";
    String asContainer = variant == Variant.POSTED ? ", " + monitor.formatted("") : "";
    return """
    {"apiVersion": "v1", "kind": "Pod",
     "metadata": {"name": "%s", "labels": {"app.kubernetes.io/name": "%s", "team": "analytics"}},
     "spec": {
       "restartPolicy": "Never", "schedulerName": "bench",
       "initContainers": [%s],
       "containers": [{
         "name": "main", "image": "export:1", "command": ["export", "--since", "yesterday"],
         "env": [{"name": "JOBID", "value": "%s"}, {"name": "BUCKET", "value": "exports/nightly"}],
         "resources": {"requests": {"cpu": "100m", "memory": "64Mi"},
                       "limits": {"cpu": "2", "memory": "512Mi"}},
         "volumeMounts": [{"name": "scratch", "mountPath": "/scratch"}]}%s],
       "volumes": [{"name": "scratch", "emptyDir": {}},
                   {"name": "cgroup", "hostPath": {"path": "/sys/fs/cgroup"}}]}}
    """
        .formatted(name, appId, asSidecar, appId, asContainer);
  }

  /// A merge patch: all containers run.
  public String running(Instant now) {
    String started = seconds(now.minusSeconds(RUN_SECONDS));
    String running = "{\"running\": {\"startedAt\": \"" + started + "\"}}";
    return status("Running", started, running, running);
  }

  /// A merge patch: the workload has ended, and podmon with it where it leaves a message.
  ///
  /// @param uid the pod's
  public String ended(Instant now, String uid) {
    String started = seconds(now.minusSeconds(RUN_SECONDS));
    String main = terminated(started, seconds(now), "");
    return switch (variant) {
      case PLAIN -> status("Succeeded", started, main, "");
      case MESSAGE -> {
        String message = report(now, uid).replace("\"", "\\\"");
        yield status("Succeeded", started, main, terminated(started, seconds(now), message));
      }
      case POSTED ->
          status("Running", started, main, "{\"running\": {\"startedAt\": \"" + started + "\"}}");
    };
  }

  /// What podmon tells of the run.
  public String report(Instant now, String uid) {
    return """
    {"id":"%s","stats":{"cpu_time":1273501992,"max_usage":188743680,"user_ns":1130000000,\
    "system_ns":143501992,"throttled_ns":0,"oom_kills":0,"source":"cgroup-v2","finished_ns":%d,\
    "podmon_cpu_ns":2100000,"podmon_bytes":1302528}}\
    """
        .formatted(uid, now.truncatedTo(ChronoUnit.SECONDS).getEpochSecond() * 1_000_000_000);
  }

  /// @param main the workload's state
  /// @param monitor podmon's state, where there is one
  private String status(String phase, String started, String main, String monitor) {
    String containers = containerStatus("main", main);
    return switch (variant) {
      case PLAIN -> patch(phase, started, containers, "");
      case MESSAGE -> patch(phase, started, containers, containerStatus(MONITOR, monitor));
      case POSTED ->
          patch(phase, started, containers + ", " + containerStatus(MONITOR, monitor), "");
    };
  }

  private static String patch(String phase, String started, String containers, String inits) {
    return """
    {"status": {
      "phase": "%1$s", "startTime": "%2$s", "podIP": "10.244.0.7", "hostIP": "10.0.0.4",
      "conditions": [
        {"type": "Initialized", "status": "True", "lastTransitionTime": "%2$s"},
        {"type": "Ready", "status": "False", "lastTransitionTime": "%2$s"},
        {"type": "ContainersReady", "status": "False", "lastTransitionTime": "%2$s"},
        {"type": "PodScheduled", "status": "True", "lastTransitionTime": "%2$s"}],
      "containerStatuses": [%3$s],
      "initContainerStatuses": [%4$s]}}
    """
        .formatted(phase, started, containers, inits);
  }

  private static String containerStatus(String container, String state) {
    return """
    {"name": "%1$s", "image": "%1$s:1", "imageID": "sha256:0f1e", "ready": false,
     "restartCount": 0, "started": true, "containerID": "containerd://%1$s", "state": %2$s}
    """
        .formatted(container, state);
  }

  private static String terminated(String started, String finished, String message) {
    return """
    {"terminated": {"exitCode": 0, "reason": "Completed", "startedAt": "%s", "finishedAt": "%s",
     "message": "%s"}}
    """
        .formatted(started, finished, message);
  }

  private static String seconds(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
