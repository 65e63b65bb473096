package io.multijob.e2e.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.ByteArrayInputStream;
import java.util.ArrayDeque;
import java.util.Deque;

/// Objects of a cluster that are there until this is closed.
public final class Applied implements AutoCloseable {
  private static final PatchContext APPLY =
      new PatchContext.Builder()
          .withPatchType(PatchType.SERVER_SIDE_APPLY)
          .withFieldManager("e2e")
          .withForce(true)
          .build();

  private final KubernetesClient client;
  private final Deque<HasMetadata> objects = new ArrayDeque<>();

  private Applied(KubernetesClient client) {
    this.client = client;
  }

  /// Applies what the manifest says.
  ///
  /// @param yaml one or more documents
  public static Applied apply(TestCluster cluster, String yaml) {
    Applied applied = new Applied(cluster.client());
    try {
      for (HasMetadata object :
          applied.client.load(new ByteArrayInputStream(yaml.getBytes(UTF_8))).items()) {
        applied.client.resource(object).patch(APPLY);
        applied.objects.push(object);
      }
    } catch (RuntimeException e) {
      applied.close();
      throw e;
    }
    return applied;
  }

  /// Deletes them, the last first.
  @Override
  public void close() {
    while (!objects.isEmpty()) {
      client.resource(objects.pop()).delete();
    }
  }
}
