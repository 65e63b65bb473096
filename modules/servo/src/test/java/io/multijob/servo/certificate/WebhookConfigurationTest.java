package io.multijob.servo.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

final class WebhookConfigurationTest {
  private static final String TWO_WEBHOOKS =
      """
      {"kind": "MutatingWebhookConfiguration", "webhooks": [
        {"name": "first", "clientConfig":
          {"service": {"namespace": "tools", "name": "servo", "path": "/admit"}, "caBundle": "Ynk="}},
        {"name": "second", "clientConfig": {"url": "https://10.1.2.3:8443/admit"}}]}
      """;

  private final WebhookConfiguration configuration =
      WebhookConfiguration.parse(JsonMapper.shared().readTree(TWO_WEBHOOKS));

  @Test
  void asksForTheNamesOfAllItsWebhooks() {
    assertThat(configuration.names().names())
        .containsExactly(
            "10.1.2.3",
            "127.0.0.1",
            "localhost",
            "servo.tools.svc",
            "servo.tools.svc.cluster.local");
  }

  @Test
  void changesOnlyThoseThatTrustAnother() {
    assertThat(configuration.trusting("by"))
        .contains(
            "{\"webhooks\":[{\"name\":\"second\",\"clientConfig\":{\"caBundle\":\"Ynk=\"}}]}");
  }

  @Test
  void changesNothingWhereAllTrustUsAlready() {
    WebhookConfiguration trusting =
        WebhookConfiguration.parse(
            JsonMapper.shared()
                .readTree(
                    TWO_WEBHOOKS.replace("8443/admit\"", "8443/admit\", \"caBundle\": \"Ynk=\"")));

    assertThat(trusting.trusting("by")).isEmpty();
  }

  @Test
  void oneWithoutWebhooksAsksForNothing() {
    WebhookConfiguration none =
        WebhookConfiguration.parse(JsonMapper.shared().readTree("{\"kind\": \"x\"}"));

    assertThat(none.names()).isEqualTo(ServerNames.LOOPBACK);
    assertThat(none.trusting("by")).isEmpty();
  }
}
