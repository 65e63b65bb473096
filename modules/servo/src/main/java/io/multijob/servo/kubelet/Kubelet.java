package io.multijob.servo.kubelet;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.multijob.servo.kubelet.KubeletListener.Outcome;
import io.multijob.servo.kubernetes.ApiResponse;
import io.multijob.servo.kubernetes.KubernetesApi;
import io.multijob.servo.pod.PodRef;
import io.multijob.servo.stats.Sample;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import javax.net.ssl.SSLException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// Sends one request to a kubelet, and says what became of it.
///
/// Where a kubelet listens is asked of the API server, by one of its pods: `status.hostIP`, which
/// needs no permission that we do not have anyway.
///
/// Thread-safe.
final class Kubelet {
  /// What a kubelet listens on unless it is told otherwise.
  static final int PORT = 10_250;

  private static final Duration TIME = Duration.ofSeconds(3);
  private static final int MAX_POD_BYTES = 4 << 20;
  private static final int MAX_SUMMARY_BYTES = 16 << 20;
  private static final int MAX_STATUS_BYTES = 4 << 10;

  private final KubernetesApi api;
  private final KubernetesApi kubelets;
  private final int port;

  /// @param kubelets the same credentials, and how far kubelets are trusted
  Kubelet(KubernetesApi api, KubernetesApi kubelets, int port) {
    this.api = api;
    this.kubelets = kubelets;
    this.port = port;
  }

  /// What became of a request.
  ///
  /// @param samples by uid, those that there are
  /// @param problem what went wrong, for a person; empty if nothing did
  record Answer(Outcome outcome, Map<String, Sample> samples, String problem) {
    static Answer failed(Outcome outcome, String problem) {
      return new Answer(outcome, Map.of(), problem);
    }
  }

  /// Asks where the pod's node is.
  ///
  /// @return its address; empty when the pod is gone
  String addressOf(PodRef pod) throws IOException, InterruptedException {
    String path = "/api/v1/namespaces/" + pod.namespace() + "/pods/" + pod.name();
    try (ApiResponse response = api.get(path, TIME)) {
      if (!response.ok()) {
        return "";
      }
      byte[] body = response.body().readNBytes(MAX_POD_BYTES);
      return JsonMapper.shared().readTree(body).path("status").path("hostIP").asString("");
    } catch (JacksonException e) {
      throw new IOException("pod " + pod + " cannot be read: " + e.getOriginalMessage(), e);
    }
  }

  /// Asks the kubelet at `address` for its samples of these pods.
  Answer ask(String address, Set<String> uids) throws InterruptedException {
    String host = address.contains(":") ? "[" + address + "]" : address;
    String server = "https://" + host + ":" + port;
    String path = "/stats/summary?only_cpu_and_memory=true";
    try (ApiResponse response = kubelets.getFrom(server, path, TIME)) {
      if (response.ok()) {
        byte[] summary = response.body().readNBytes(MAX_SUMMARY_BYTES);
        return new Answer(
            Outcome.ANSWERED, SummaryReader.read(new ByteArrayInputStream(summary), uids), "");
      }
      String said = new String(response.body().readNBytes(MAX_STATUS_BYTES), UTF_8).strip();
      boolean denied = response.status() == 401 || response.status() == 403;
      return Answer.failed(
          denied ? Outcome.DENIED : Outcome.FAILED, response.status() + ": " + said);
    } catch (JacksonException e) {
      return Answer.failed(Outcome.FAILED, "not a summary: " + e.getOriginalMessage());
    } catch (IOException e) {
      return Answer.failed(
          e.getCause() instanceof SSLException ? Outcome.UNTRUSTED : Outcome.FAILED,
          String.valueOf(e.getMessage()));
    }
  }
}
