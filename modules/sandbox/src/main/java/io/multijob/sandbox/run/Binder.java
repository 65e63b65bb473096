package io.multijob.sandbox.run;

import io.multijob.sandbox.api.object.Json;
import io.multijob.sandbox.run.client.Answer;
import io.multijob.sandbox.run.client.ApiClient;
import io.multijob.sandbox.run.client.ListWatch;
import io.multijob.sandbox.run.client.Persistence;
import io.multijob.sandbox.run.client.ResourcePath;
import io.multijob.sandbox.run.pod.PodIdentity;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The scheduler of a cluster with one node: binds each new pod to it. A pod with gates, or with a
/// scheduler of its own, is left alone.
///
/// Thread-safe.
final class Binder implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Binder.class);

  private static final String SCHEDULER = "default-scheduler";

  private final ApiClient client;
  private final String node;
  private final ListWatch pods;

  Binder(ApiClient client, String node) {
    this.client = client;
    this.node = node;
    this.pods =
        new ListWatch(
            client, ResourcePath.withFields(ResourcePath.pods(), "spec.nodeName="), new Unbound());
  }

  void start() {
    pods.start();
  }

  @Override
  public void close() {
    pods.close();
  }

  private final class Unbound implements ListWatch.Sink {

    @Override
    public void relisted(List<ObjectNode> unbound) {
      unbound.forEach(this::changed);
    }

    @Override
    public void changed(ObjectNode pod) {
      if (isForUs(pod)) {
        PodIdentity identity = PodIdentity.of(pod);
        Thread.ofVirtual().name("bind " + identity).start(() -> bind(identity));
      }
    }

    @Override
    public void gone(ObjectNode pod) {
      LOG.atTrace().addKeyValue("pod", PodIdentity.of(pod)).log("Pod is bound or gone");
    }
  }

  private static boolean isForUs(JsonNode pod) {
    JsonNode spec = pod.path("spec");
    return Json.text(spec, "schedulerName").equals(SCHEDULER)
        && spec.path("schedulingGates").isEmpty()
        && !pod.path("metadata").has("deletionTimestamp");
  }

  private void bind(PodIdentity pod) {
    ObjectNode binding = Json.object().put("apiVersion", "v1").put("kind", "Binding");
    binding.putObject("metadata").put("name", pod.name()).put("uid", pod.uid());
    binding.putObject("target").put("apiVersion", "v1").put("kind", "Node").put("name", node);
    String path = ResourcePath.pod(pod.namespace(), pod.name()) + "/binding";
    try {
      Answer answer = Persistence.untilAnswered(() -> client.create(path, binding));
      LOG.atDebug().addKeyValue("pod", pod).addKeyValue("answer", answer).log("Pod is bound");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
