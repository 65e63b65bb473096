package io.multijob.servo.certificate;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What concerns us of a MutatingWebhookConfiguration
/// ([documentation](https://kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers/)).
record WebhookConfiguration(List<Webhook> webhooks) {

  WebhookConfiguration {
    webhooks = List.copyOf(webhooks);
  }

  /// One of its webhooks.
  ///
  /// @param hosts what the API server calls the one that it connects to
  /// @param bundle whom it trusts to vouch for it, in Base64 as it is written there; may be empty
  record Webhook(String name, List<String> hosts, String bundle) {
    Webhook {
      hosts = List.copyOf(hosts);
    }
  }

  static WebhookConfiguration parse(JsonNode configuration) {
    List<Webhook> webhooks = new ArrayList<>();
    for (JsonNode webhook : configuration.path("webhooks")) {
      JsonNode client = webhook.path("clientConfig");
      JsonNode service = client.path("service");
      webhooks.add(
          new Webhook(
              webhook.path("name").asString(""),
              service.isObject()
                  ? ServerNames.ofService(
                      service.path("namespace").asString(""), service.path("name").asString(""))
                  : ServerNames.ofUrl(client.path("url").asString("")),
              client.path("caBundle").asString("")));
    }
    return new WebhookConfiguration(webhooks);
  }

  /// What we have to be good for.
  ServerNames names() {
    return ServerNames.of(webhooks.stream().flatMap(webhook -> webhook.hosts().stream()).toList());
  }

  /// The change that lets each of them trust the bundle; none where each does already.
  ///
  /// @param bundle certificates in PEM
  /// @return a strategic merge patch, in which webhooks go by their names
  Optional<String> trusting(String bundle) {
    String encoded = Base64.getEncoder().encodeToString(bundle.getBytes(UTF_8));
    ObjectNode patch = JsonMapper.shared().createObjectNode();
    ArrayNode changed = patch.putArray("webhooks");
    for (Webhook webhook : webhooks) {
      if (!webhook.bundle().equals(encoded)) {
        changed
            .addObject()
            .put("name", webhook.name())
            .putObject("clientConfig")
            .put("caBundle", encoded);
      }
    }
    return changed.isEmpty() ? Optional.empty() : Optional.of(patch.toString());
  }
}
