package io.multijob.e2e.chaos.pod;

import io.multijob.e2e.chaos.pod.PodPlan.Figures;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A pod of the trial as JSON: how it is created, and its status at each stage of its life.
/// Podmon's container is a native sidecar, or a regular one where it posts.
///
/// Not thread-safe: belongs to one pod's life.
final class PodJson {
  static final String MONITOR = "zzzzmonitor";

  private static final String WORKLOAD = "main";
  private static final String IMAGE = "localhost/busybox:1";

  private final String name;
  private final PodPlan plan;
  private String started = "";

  PodJson(String name, PodPlan plan) {
    this.name = name;
    this.plan = plan;
  }

  /// The pod as it is created, on `node`: no scheduler has a say.
  String pod(String node, String appId) {
    ObjectNode pod = object();
    pod.put("apiVersion", "v1").put("kind", "Pod").putObject("metadata").put("name", name);
    ObjectNode spec = pod.putObject("spec");
    spec.put("restartPolicy", "Never");
    spec.put("nodeName", node);
    spec.put("automountServiceAccountToken", false);
    spec.put("enableServiceLinks", false);
    ArrayNode containers = spec.putArray("containers");
    ObjectNode workload = containers.addObject().put("name", WORKLOAD).put("image", IMAGE);
    workload.putArray("env").addObject().put("name", "JOBID").put("value", appId);
    if (plan.figures() == Figures.POSTED) {
      containers.addObject().put("name", MONITOR).put("image", IMAGE);
    } else if (plan.figures() != Figures.NONE) {
      ObjectNode sidecar = spec.putArray("initContainers").addObject();
      sidecar.put("name", MONITOR).put("image", IMAGE).put("restartPolicy", "Always");
    }
    return pod.toString();
  }

  /// All its containers run.
  String running() {
    started = now();
    ObjectNode state = object();
    state.putObject("running").put("startedAt", started);
    return status("Running", state, state);
  }

  /// The workload has ended, and podmon not yet.
  String ended(String reason, int exit) {
    beginIfUnseen();
    ObjectNode monitor = object();
    monitor.putObject("running").put("startedAt", started);
    return status("Running", terminated(reason, exit, ""), monitor);
  }

  /// Workload and podmon have ended, and so has the pod.
  ///
  /// @param message what podmon has left
  String over(String reason, int exit, String message) {
    beginIfUnseen();
    return status(
        exit == 0 ? "Succeeded" : "Failed",
        terminated(reason, exit, ""),
        terminated("Completed", 0, message));
  }

  /// One that nobody was told of while it ran has begun all the same.
  private void beginIfUnseen() {
    if (started.isEmpty()) {
      started = now();
    }
  }

  /// What podmon tells of the pod of that uid.
  static String figures(String uid) {
    ObjectNode report = object();
    report.put("id", uid);
    ObjectNode stats = report.putObject("stats");
    stats.put("cpu_time", 1_000_000_000L).put("max_usage", 64L << 20).put("source", "cgroup-v2");
    return report.toString();
  }

  private String status(String phase, ObjectNode workload, ObjectNode monitor) {
    ObjectNode status = object();
    status.put("phase", phase);
    if (!started.isEmpty()) {
      status.put("startTime", started);
    }
    ArrayNode containers = status.putArray("containerStatuses");
    container(containers, WORKLOAD, workload);
    if (plan.figures() == Figures.POSTED) {
      container(containers, MONITOR, monitor);
    } else if (plan.figures() != Figures.NONE) {
      container(status.putArray("initContainerStatuses"), MONITOR, monitor);
    }
    ObjectNode patch = object();
    patch.set("status", status);
    return patch.toString();
  }

  private static void container(ArrayNode containers, String name, ObjectNode state) {
    ObjectNode container = containers.addObject();
    container.put("name", name).put("image", IMAGE).put("imageID", "");
    container.put("ready", state.has("running")).put("restartCount", 0);
    container.put("containerID", "trial://" + name);
    container.set("state", state);
  }

  private ObjectNode terminated(String reason, int exit, String message) {
    ObjectNode state = object();
    ObjectNode end = state.putObject("terminated");
    end.put("reason", reason).put("exitCode", exit);
    end.put("startedAt", started).put("finishedAt", now());
    if (!message.isEmpty()) {
      end.put("message", message);
    }
    return state;
  }

  /// As a kubelet writes it: in whole seconds.
  private static String now() {
    return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private static ObjectNode object() {
    return JsonMapper.shared().createObjectNode();
  }
}
