package io.multijob.sandbox.run;

import io.multijob.sandbox.api.object.Json;
import io.multijob.sandbox.api.object.Timestamps;
import io.multijob.sandbox.run.pod.Node;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// The object by which a cluster knows a node.
final class NodeDocument {
  private static final int MOST_PODS = 1_000;

  private NodeDocument() {}

  static ObjectNode of(Node node, Instant now) {
    ObjectNode document = Json.object().put("apiVersion", "v1").put("kind", "Node");
    ObjectNode meta = document.putObject("metadata").put("name", node.name());
    meta.putObject("labels")
        .put("kubernetes.io/hostname", node.name())
        .put("kubernetes.io/os", "linux")
        .put("kubernetes.io/arch", System.getProperty("os.arch", ""));
    ObjectNode status = document.putObject("status");
    for (String list : List.of("capacity", "allocatable")) {
      status
          .putObject(list)
          .put("cpu", Integer.toString(node.cores()))
          .put("memory", (node.memoryBytes() >> 10) + "Ki")
          .put("pods", Integer.toString(MOST_PODS));
    }
    status
        .putArray("conditions")
        .addObject()
        .put("type", "Ready")
        .put("status", "True")
        .put("reason", "KubeletReady")
        .put("message", "the sandbox runs pods as processes")
        .put("lastHeartbeatTime", Timestamps.format(now))
        .put("lastTransitionTime", Timestamps.format(now));
    status
        .putArray("addresses")
        .addObject()
        .put("type", "InternalIP")
        .put("address", node.address());
    status
        .putObject("nodeInfo")
        .put("operatingSystem", "linux")
        .put("architecture", System.getProperty("os.arch", ""))
        .put("kernelVersion", System.getProperty("os.version", ""))
        .put("osImage", System.getProperty("os.name", ""))
        .put("containerRuntimeVersion", "process://" + Runtime.version().feature())
        .put("kubeletVersion", "sandbox");
    return document;
  }
}
