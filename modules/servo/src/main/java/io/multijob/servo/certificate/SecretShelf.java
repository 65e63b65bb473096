package io.multijob.servo.certificate;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.multijob.servo.kubernetes.ApiRequest;
import io.multijob.servo.kubernetes.ApiResponse;
import io.multijob.servo.kubernetes.KubernetesApi;
import io.multijob.servo.kubernetes.Pem;
import java.io.IOException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// A key set in a Secret of type `kubernetes.io/tls`, which all replicas share: `tls.crt` and
/// `tls.key` what they show, `ca.crt` the authorities, `ca.key` the key of the first of them. One
/// that is empty is filled; one that holds something else is left alone.
///
/// Used by one thread; any number of processes.
final class SecretShelf implements Shelf {
  private static final Logger LOG = LoggerFactory.getLogger(SecretShelf.class);

  private static final Duration TIME = Duration.ofSeconds(5);
  private static final String LEAF = "tls.crt";
  private static final String LEAF_KEY = "tls.key";
  private static final String AUTHORITIES = "ca.crt";
  private static final String AUTHORITY_KEY = "ca.key";
  private static final List<String> FIELDS = List.of(LEAF, LEAF_KEY, AUTHORITIES, AUTHORITY_KEY);

  /// Says of a Secret that it was made by us, so that one of ours that is damaged is made anew.
  private static final String MAKER = "app.kubernetes.io/managed-by";

  private static final String US = "servo";

  private static final JsonMapper JSON = JsonMapper.shared();

  private final KubernetesApi api;
  private final String namespace;
  private final String name;
  private final String all;

  SecretShelf(KubernetesApi api, String namespace, String name) {
    this.api = api;
    this.namespace = namespace;
    this.name = name;
    this.all = "/api/v1/namespaces/" + namespace + "/secrets";
  }

  @Override
  public Kept read() throws IOException, InterruptedException {
    try (ApiResponse response = api.get(all + "/" + name, TIME)) {
      String body = response.text();
      if (response.status() == 404) {
        return Kept.NOTHING;
      }
      if (!response.ok()) {
        throw refused("read", response, body);
      }
      return kept(JSON.readTree(body));
    } catch (JacksonException e) {
      throw new IOException(this + " cannot be understood: " + e.getOriginalMessage(), e);
    }
  }

  @Override
  public boolean write(KeySet keys, String version) throws IOException, InterruptedException {
    ObjectNode secret = JSON.createObjectNode();
    ObjectNode metadata = secret.putObject("metadata");
    metadata.put("name", name).putObject("labels").put(MAKER, US);
    secret
        .putObject("data")
        .put(LEAF, encoded(Pem.of(keys.leaf().certificate())))
        .put(LEAF_KEY, encoded(Pem.of(keys.leaf().key())))
        .put(AUTHORITIES, encoded(keys.bundle()))
        .put(AUTHORITY_KEY, encoded(Pem.of(keys.authority().key())));
    ApiRequest request;
    if (version.isEmpty()) {
      secret.put("apiVersion", "v1").put("kind", "Secret").put("type", "kubernetes.io/tls");
      request = new ApiRequest("POST", all, "application/json", secret.toString());
    } else {
      metadata.put("resourceVersion", version); // 409 where it is another by now
      request =
          new ApiRequest(
              "PATCH", all + "/" + name, "application/merge-patch+json", secret.toString());
    }
    try (ApiResponse response = api.send(request, TIME)) {
      String body = response.text();
      if (response.status() == 409) {
        return false;
      }
      if (response.status() / 100 != 2) {
        throw refused("written", response, body);
      }
      return true;
    }
  }

  @Override
  public String toString() {
    return "Secret " + namespace + "/" + name;
  }

  private Kept kept(JsonNode secret) throws IOException {
    JsonNode metadata = secret.path("metadata");
    String version = metadata.path("resourceVersion").asString("");
    JsonNode data = secret.path("data");
    if (data.valueStream().allMatch(value -> value.asString("").isEmpty())) {
      return new Kept(version, Optional.empty());
    }
    try {
      for (String field : FIELDS) {
        if (data.path(field).asString("").isEmpty()) {
          throw new IOException("expected " + String.join(", ", FIELDS) + ", found no " + field);
        }
      }
      return new Kept(
          version,
          Optional.of(
              KeySet.parse(
                  decoded(data, LEAF),
                  decoded(data, LEAF_KEY),
                  decoded(data, AUTHORITIES),
                  decoded(data, AUTHORITY_KEY))));
    } catch (IOException e) {
      if (!metadata.path("labels").path(MAKER).asString("").equals(US)) {
        throw new IOException(
            this + " is not one of ours, and is left alone: " + e.getMessage(), e);
      }
      LOG.atWarn().setCause(e).addKeyValue("secret", this).log("Kept keys are damaged, made anew");
      return new Kept(version, Optional.empty());
    }
  }

  private static String encoded(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }

  private static String decoded(JsonNode data, String field) throws IOException {
    try {
      return new String(Base64.getDecoder().decode(data.path(field).asString("")), UTF_8);
    } catch (IllegalArgumentException e) {
      throw new IOException(field + " is no Base64: " + e.getMessage(), e);
    }
  }

  private IOException refused(String what, ApiResponse response, String body) {
    return new IOException(
        "%s cannot be %s: %d: %s"
            .formatted(this, what, response.status(), RefusalMessage.of(body)));
  }
}
