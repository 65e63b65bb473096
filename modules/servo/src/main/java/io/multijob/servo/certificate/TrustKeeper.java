package io.multijob.servo.certificate;

import io.multijob.servo.kubernetes.ApiRequest;
import io.multijob.servo.kubernetes.ApiResponse;
import io.multijob.servo.kubernetes.KubernetesApi;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// Sees to it that the API server trusts us: reads by which names it calls us, and writes whom to
/// trust into the MutatingWebhookConfiguration. Where that is not there, or may not be read or
/// written, it says so once and is tried again each time.
///
/// [#note()] may be asked by any thread; the rest is used by one.
final class TrustKeeper {
  private static final Logger LOG = LoggerFactory.getLogger(TrustKeeper.class);

  private static final Duration TIME = Duration.ofSeconds(5);

  private final KubernetesApi api;
  private final String path;
  private final String subject;

  private volatile String note = "not looked at yet";

  /// @param name of the configuration
  TrustKeeper(KubernetesApi api, String name) {
    this.api = api;
    this.path = "/apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations/" + name;
    this.subject = "MutatingWebhookConfiguration " + name;
  }

  /// How it stands, for a person.
  String note() {
    return note;
  }

  /// The configuration as it is; none where nobody can say.
  Optional<WebhookConfiguration> read() throws InterruptedException {
    try (ApiResponse response = api.get(path, TIME)) {
      String body = response.text();
      if (response.ok()) {
        return Optional.of(WebhookConfiguration.parse(JsonMapper.shared().readTree(body)));
      }
      lacks(
          response.status() == 404 ? "is not there" : "cannot be read: " + RefusalMessage.of(body));
    } catch (IOException | JacksonException e) {
      lacks("cannot be read: " + e.getMessage());
    }
    return Optional.empty();
  }

  /// Has each webhook of it trust the bundle.
  void trust(WebhookConfiguration configuration, String bundle) throws InterruptedException {
    Optional<String> patch = configuration.trusting(bundle);
    if (patch.isEmpty()) {
      standsWell();
      return;
    }
    String type = "application/strategic-merge-patch+json";
    try (ApiResponse response = api.send(new ApiRequest("PATCH", path, type, patch.get()), TIME)) {
      String body = response.text();
      if (response.ok()) {
        LOG.atInfo().log("The API server is told whom to trust");
        standsWell();
        return;
      }
      lacks("cannot be given our authority: " + RefusalMessage.of(body));
    } catch (IOException e) {
      lacks("cannot be given our authority: " + e.getMessage());
    }
  }

  private void standsWell() {
    String now = subject + " trusts us";
    if (!now.equals(note)) {
      LOG.atInfo().log("The API server trusts the webhook");
    }
    note = now;
  }

  private void lacks(String what) {
    String now = subject + " " + what;
    if (!now.equals(note)) {
      LOG.atWarn().addKeyValue("reason", now).log("The API server may not trust the webhook yet");
    }
    note = now;
  }
}
