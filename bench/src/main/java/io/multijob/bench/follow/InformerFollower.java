package io.multijob.bench.follow;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/// fabric8's informer, as its documentation shows it: whole pods, kept in its own store.
public final class InformerFollower implements Follower {
  private final KubernetesClient client;
  private final List<SharedIndexInformer<Pod>> informers = new ArrayList<>();
  private final AtomicLong events = new AtomicLong();

  private InformerFollower(KubernetesClient client) {
    this.client = client;
  }

  /// Makes the client; nothing is sent yet.
  public static InformerFollower open(Path kubeconfig) {
    Config config = Config.fromKubeconfig(kubeconfig.toFile());
    return new InformerFollower(new KubernetesClientBuilder().withConfig(config).build());
  }

  /// Does not wait for the watch: what is listed counts from when it is there.
  @Override
  public void follow(String namespace) {
    SharedIndexInformer<Pod> informer =
        client
            .pods()
            .inNamespace(namespace)
            .withField("spec.restartPolicy", "Never")
            .runnableInformer(0);
    informers.add(informer);
    var _ = informer.addEventHandler(new Counter()).start();
  }

  @Override
  public long events() {
    return events.get();
  }

  @Override
  public int kept() {
    return informers.stream().mapToInt(informer -> informer.getStore().list().size()).sum();
  }

  @Override
  public void close() {
    informers.forEach(SharedIndexInformer::close);
    client.close();
  }

  private final class Counter implements ResourceEventHandler<Pod> {
    @Override
    public void onAdd(Pod pod) {
      events.incrementAndGet();
    }

    @Override
    public void onUpdate(Pod before, Pod pod) {
      events.incrementAndGet();
    }

    @Override
    public void onDelete(Pod pod, boolean unknownFinalState) {
      events.incrementAndGet();
    }
  }
}
