package io.multijob.servo.kubelet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsServer;
import io.multijob.http.Response;
import io.multijob.servo.kubelet.KubeletListener.Outcome;
import io.multijob.servo.kubernetes.KubernetesApi;
import io.multijob.servo.kubernetes.ScriptedTls;
import io.multijob.servo.kubernetes.ServerTrust;
import io.multijob.servo.pod.AppIdPath;
import io.multijob.servo.pod.Pod;
import io.multijob.servo.pod.TreePods;
import io.multijob.servo.stats.Sample;
import io.multijob.servo.watch.PodJson;
import io.multijob.servo.watch.ScriptedApiServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/// Against a kubelet that speaks TLS and gives the answers that it was told to.
@Timeout(30)
final class KubeletSamplerIT {
  private static final AppIdPath PATH = AppIdPath.parse("spec/containers/0/env/[JOBID]");
  private static final InstantSource CLOCK = InstantSource.system();

  private final BlockingQueue<Reply> replies = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> asked = new LinkedBlockingQueue<>();
  private final BlockingQueue<Outcome> outcomes = new LinkedBlockingQueue<>();
  private final BlockingQueue<Optional<Sample>> samples = new LinkedBlockingQueue<>();

  @TempDir private Path directory;
  private HttpsServer node;
  private ScriptedApiServer cluster;
  private KubernetesApi api;

  private record Reply(int status, String body) {}

  @BeforeEach
  void startServers() throws Exception {
    node = ScriptedTls.server(this::answer);
    cluster = new ScriptedApiServer();
    cluster.then(Response.json(200, "{\"status\":{\"hostIP\":\"127.0.0.1\"}}"));
    api = cluster.client(directory);
  }

  @AfterEach
  void stopServers() {
    api.close();
    cluster.close();
    node.stop(0);
  }

  @Test
  void asksTheNodeOfThePodWithOurToken() throws Exception {
    replies.add(new Reply(200, summary("p1", 5)));
    try (KubernetesApi kubelets = client("rsa", ServerTrust.AUTHORITIES);
        KubeletSampler sampler = sampler(kubelets)) {
      sampler.ask(pod("p1"), samples::add);

      assertThat(samples.take().orElseThrow().figures().cpuTime()).contains(Duration.ofSeconds(5));
      assertThat(cluster.request().path()).isEqualTo("/api/v1/namespaces/batch/pods/pod-p1");
      assertThat(asked.take()).isEqualTo("Bearer secret /stats/summary?only_cpu_and_memory=true");
      assertThat(outcomes.take()).isEqualTo(Outcome.ANSWERED);
    }
  }

  @Test
  void oneRequestIsForAllPodsThatWereAskedForMeanwhile() throws Exception {
    try (KubernetesApi kubelets = client("rsa", ServerTrust.AUTHORITIES);
        KubeletSampler sampler = sampler(kubelets)) {
      sampler.ask(pod("p1"), samples::add);
      assertThat(asked.take()).startsWith("Bearer secret");
      sampler.ask(pod("p2"), samples::add);
      sampler.ask(pod("p3"), samples::add);
      replies.add(new Reply(200, summary("p1", 1)));
      replies.add(new Reply(200, "{\"pods\":[" + podOf("p2", 2) + "," + podOf("p3", 3) + "]}"));

      List<Duration> times = List.of(cpu(), cpu(), cpu());

      assertThat(times)
          .containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(3));
      assertThat(asked).hasSize(1);
    }
  }

  @Test
  void aKubeletThatDoesNotLetUsIsLeftAlone() throws Exception {
    replies.add(new Reply(403, "Forbidden"));
    try (KubernetesApi kubelets = client("rsa", ServerTrust.AUTHORITIES);
        KubeletSampler sampler = sampler(kubelets)) {
      sampler.ask(pod("p1"), samples::add);
      assertThat(samples.take()).isEmpty();

      sampler.ask(pod("p2"), samples::add);

      assertThat(samples.take()).isEmpty();
      assertThat(outcomes).containsExactly(Outcome.DENIED, Outcome.SKIPPED);
    }
  }

  @Test
  void ourTokenGoesToNoKubeletThatNobodyVouchesFor() throws Exception {
    try (KubernetesApi kubelets = client("ec", ServerTrust.AUTHORITIES);
        KubeletSampler sampler = sampler(kubelets)) {
      sampler.ask(pod("p1"), samples::add);

      assertThat(samples.take()).isEmpty();
      assertThat(outcomes.take()).isEqualTo(Outcome.UNTRUSTED);
      assertThat(asked).isEmpty();
    }
  }

  @Test
  void unlessTheConfigurationSaysSo() throws Exception {
    replies.add(new Reply(200, summary("p1", 5)));
    try (KubernetesApi kubelets = client("ec", ServerTrust.ANYONE);
        KubeletSampler sampler = sampler(kubelets)) {
      sampler.ask(pod("p1"), samples::add);

      assertThat(samples.take()).isPresent();
    }
  }

  @Test
  void whatIsNoSummaryIsNoSample() throws Exception {
    replies.add(new Reply(200, "<html>"));
    try (KubernetesApi kubelets = client("rsa", ServerTrust.AUTHORITIES);
        KubeletSampler sampler = sampler(kubelets)) {
      sampler.ask(pod("p1"), samples::add);

      assertThat(samples.take()).isEmpty();
      assertThat(outcomes.take()).isEqualTo(Outcome.FAILED);
    }
  }

  private Duration cpu() throws InterruptedException {
    return samples.take().orElseThrow().figures().cpuTime().orElseThrow();
  }

  private KubernetesApi client(String authority, ServerTrust trust) throws IOException {
    return ScriptedTls.client(directory, authority, trust);
  }

  private KubeletSampler sampler(KubernetesApi kubelets) {
    Kubelet kubelet = new Kubelet(api, kubelets, node.getAddress().getPort());
    return new KubeletSampler(kubelet, outcomes::add, CLOCK);
  }

  private void answer(HttpExchange exchange) throws IOException {
    asked.add(
        exchange.getRequestHeaders().getFirst("Authorization") + " " + exchange.getRequestURI());
    try {
      Reply reply = replies.take();
      byte[] body = reply.body().getBytes(UTF_8);
      exchange.sendResponseHeaders(reply.status(), body.length);
      exchange.getResponseBody().write(body);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    exchange.close();
  }

  private static String summary(String uid, int seconds) {
    return "{\"pods\":[" + podOf(uid, seconds) + "]}";
  }

  private static String podOf(String uid, int seconds) {
    return """
    {"podRef":{"uid":"%s"},"cpu":{"time":"2026-11-25T20:56:08Z",\
    "usageCoreNanoSeconds":%d000000000},"memory":{"usageBytes":7}}\
    """
        .formatted(uid, seconds);
  }

  private static Pod pod(String uid) {
    String json = PodJson.running(uid, "1").replace("\"spec\":{", "\"spec\":{\"nodeName\":\"n1\",");
    return TreePods.read(JsonMapper.shared().readTree(json), PATH);
  }
}
