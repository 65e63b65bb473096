package io.multijob.bench.admission;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodList;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.multijob.bench.Workshop;
import io.multijob.bench.pod.BenchPod;
import io.multijob.bench.pod.Variant;
import io.multijob.e2e.cluster.Applied;
import io.multijob.e2e.cluster.TestCluster;
import io.multijob.e2e.cluster.TestNamespace;
import io.multijob.e2e.service.Adjusting;
import io.multijob.e2e.servo.Ports;
import io.multijob.e2e.servo.ServoCommand;
import io.multijob.e2e.servo.ServoProcess;
import io.multijob.e2e.wait.Wait;
import io.multijob.http.HttpListener;
import io.multijob.http.Limits;
import io.multijob.protocol.Command;
import io.multijob.protocol.SettingValue;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A namespace whose pods are admitted in one way, with all that this takes; closing it takes all
/// of it away again.
///
/// Used by one thread.
final class AdmittedNamespace implements AutoCloseable {
  private static final Duration TIME = Duration.ofSeconds(60);
  private static final String MONITOR = "zzzzmonitor";
  private static final String SETTINGS =
      "main:limits.cpu=1500m main:limits.memory=256Mi main:requests.cpu=75m main:requests.memory=32Mi";

  private static final Command.Adjust ADJUSTMENT =
      new Command.Adjust(
          Map.of("main", Map.of("cpu", SettingValue.of(1.5), "mem", SettingValue.of(256L << 20))));

  /// Closes without more ado.
  @FunctionalInterface
  private interface Opened extends AutoCloseable {
    @Override
    void close();
  }

  private final Deque<Opened> opened = new ArrayDeque<>();
  private final KubernetesClient client;
  private final TestNamespace namespace;

  private AdmittedNamespace(TestCluster cluster, TestNamespace namespace) {
    this.client = cluster.client();
    this.namespace = namespace;
    opened.push(namespace::close);
  }

  /// Makes it, and waits until pods of it are admitted as they should be.
  static AdmittedNamespace open(TestCluster cluster, Way way, Workshop workshop) throws Exception {
    AdmittedNamespace admitted = new AdmittedNamespace(cluster, cluster.createNamespace("bench"));
    try {
      admitted.prepare(cluster, way, workshop);
    } catch (Exception e) {
      admitted.close();
      throw e;
    }
    return admitted;
  }

  String name() {
    return namespace.name();
  }

  @Override
  public void close() {
    while (!opened.isEmpty()) {
      opened.pop().close();
    }
  }

  private void prepare(TestCluster cluster, Way way, Workshop workshop) throws Exception {
    if (way == Way.NONE) {
      return;
    }
    HttpListener service =
        HttpListener.bind(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            new Limits(1 << 20, 10_000, Duration.ZERO),
            new Adjusting(ADJUSTMENT));
    opened.push(service::close);
    service.start();
    int port = Ports.free();
    Map<String, String> settings = new HashMap<>();
    settings.put("KUBECONFIG", cluster.kubeconfig().toString());
    settings.put("POD_NAMESPACES", name());
    settings.put("OPTUNE_URL", "http://127.0.0.1:" + service.port() + "/{acct}/{app_id}/servo");
    settings.put("OPTUNE_ACCOUNT", "bench");
    settings.put("OPTUNE_SLEEPER_IMG", "localhost/podmon:bench");
    settings.put("ADMISSION", way.word());
    settings.put("ADMISSION_LISTEN", "127.0.0.1:" + port);
    if (way.byPolicy()) {
      keepSettings();
      apply(cluster, ServoCommand.output(settings, "policy"));
    }
    if (way.byWebhook()) {
      apply(
          cluster,
          ServoCommand.output(
              settings, "webhook", "--url", "https://127.0.0.1:" + port + "/mutate"));
      ServoProcess servo =
          ServoProcess.start(Files.createTempDirectory(workshop.directory(), "servo-"), settings);
      opened.push(servo::close);
      servo.awaitReady();
    }
    awaitAdmitted();
  }

  /// The settings of all apps, as the servo keeps them.
  private void keepSettings() {
    Map<String, String> annotations = new HashMap<>();
    for (int i = 0; i < Creations.APPS; i++) {
      annotations.put("settings.servo.optune.io/" + Creations.app(i), SETTINGS);
    }
    client
        .namespaces()
        .withName(name())
        .edit(found ->
            found.edit().editMetadata().addToAnnotations(annotations).endMetadata().build());
  }

  private void apply(TestCluster cluster, String yaml) {
    opened.push(Applied.apply(cluster, yaml)::close);
  }

  /// A changed policy or webhook takes the API server a moment.
  private void awaitAdmitted() throws Exception {
    BenchPod pod = new BenchPod("first", Creations.app(0), Variant.PLAIN);
    Wait.until(
        "a pod of " + name() + " to be admitted with podmon and settings",
        TIME,
        () -> {
          Pod created = namespace.createPod(pod.manifest());
          namespace.deletePod(pod.name(), Duration.ZERO);
          Wait.until("the pod to be gone", TIME, () -> namespace.pod(pod.name()).isEmpty());
          return isAdmitted(created);
        });
  }

  /// Fails unless all pods have been changed.
  void requireAdmitted(Way way) throws IOException {
    PodList pods = client.pods().inNamespace(name()).list();
    List<Pod> unchanged =
        pods.getItems().stream().filter(pod -> isAdmitted(pod) == (way == Way.NONE)).toList();
    if (!unchanged.isEmpty()) {
      throw new IOException(
          "%d of %d pods were not admitted by %s"
              .formatted(unchanged.size(), pods.getItems().size(), way.word()));
    }
  }

  private static boolean isAdmitted(Pod pod) {
    boolean monitored =
        pod.getSpec().getInitContainers().stream().anyMatch(one -> one.getName().equals(MONITOR));
    Quantity limit = pod.getSpec().getContainers().getFirst().getResources().getLimits().get("cpu");
    return monitored && new Quantity("1500m").equals(limit);
  }
}
