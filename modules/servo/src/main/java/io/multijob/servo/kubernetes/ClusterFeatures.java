package io.multijob.servo.kubernetes;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What an API server can do, as it says itself.
///
/// @param major of its version
/// @param minor of its version
/// @param admission the resources of `admissionregistration.k8s.io/v1` that it serves, by their
///   plural; none where it has no such version
public record ClusterFeatures(int major, int minor, Set<String> admission) {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int MAX_BODY_BYTES = 1 << 20;
  private static final String VERSION = "/version";
  private static final String ADMISSION = "/apis/admissionregistration.k8s.io/v1";
  private static final int NOT_FOUND = 404;

  /// `18+` is what some providers make of 18.
  private static final Pattern NUMBER = Pattern.compile("(\\d{1,6})\\+?");

  private static final Pattern GIT_VERSION = Pattern.compile("v(\\d{1,6})\\.(\\d{1,6})[.+-].*");

  public ClusterFeatures {
    admission = Set.copyOf(admission);
  }

  /// Asks the API server.
  ///
  /// @throws IOException if it cannot be reached or its answer is of no use
  public static ClusterFeatures ask(KubernetesApi api) throws IOException, InterruptedException {
    JsonNode version =
        get(api, VERSION)
            .orElseThrow(() -> new IOException("GET " + VERSION + " was answered with 404"));
    Set<String> admission = new TreeSet<>();
    get(api, ADMISSION)
        .ifPresent(list -> {
          for (JsonNode resource : list.path("resources")) {
            admission.add(resource.path("name").asString(""));
          }
        });
    return of(version, admission);
  }

  /// Whether an init container with `restartPolicy: Always` is a sidecar: on by default from 1.29
  /// ([sidecar
  /// containers](https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/)).
  public boolean nativeSidecars() {
    return isFrom(29);
  }

  /// Whether it has MutatingAdmissionPolicy, in the version that is no trial.
  public boolean mutatingPolicies() {
    return admission.contains("mutatingadmissionpolicies");
  }

  /// Whether it can have initializers: alpha from 1.7, taken out in 1.14.
  public boolean initializers() {
    return isFrom(7) && !isFrom(14);
  }

  @Override
  public String toString() {
    return major + "." + minor;
  }

  private boolean isFrom(int minorOfOne) {
    return major > 1 || (major == 1 && minor >= minorOfOne);
  }

  private static ClusterFeatures of(JsonNode version, Set<String> admission) throws IOException {
    Matcher major = NUMBER.matcher(version.path("major").asString(""));
    Matcher minor = NUMBER.matcher(version.path("minor").asString(""));
    if (major.matches() && minor.matches()) {
      return new ClusterFeatures(number(major, 1), number(minor, 1), admission);
    }
    Matcher git = GIT_VERSION.matcher(version.path("gitVersion").asString("")); // own builds
    if (git.matches()) {
      return new ClusterFeatures(number(git, 1), number(git, 2), admission);
    }
    throw new IOException("expected a version such as 1.34 from " + VERSION + ", found " + version);
  }

  private static int number(Matcher matcher, int group) {
    return Integer.parseInt(matcher.group(group));
  }

  /// The document at `path`; nothing where the server has none (404).
  private static Optional<JsonNode> get(KubernetesApi api, String path)
      throws IOException, InterruptedException {
    try (ApiResponse response = api.get(path, PATIENCE)) {
      byte[] body = response.body().readNBytes(MAX_BODY_BYTES);
      if (response.status() == NOT_FOUND) {
        return Optional.empty();
      }
      if (!response.ok()) {
        throw new IOException("GET " + path + " was answered with " + response.status());
      }
      JsonNode document = JsonMapper.shared().readTree(body);
      if (!document.isObject()) {
        throw new IOException("expected an object from " + path + ", found other JSON");
      }
      return Optional.of(document);
    } catch (JacksonException e) {
      throw new IOException("expected JSON from " + path + ": " + e.getOriginalMessage(), e);
    }
  }
}
