package io.multijob.servo.admission;

import io.multijob.servo.pod.PodMarks;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// What is known of a namespace that decides about its pods.
///
/// @param hostPaths whether its pods may have volumes of the node
/// @param podmon whether podmon may be put into its pods
/// @param adjusting whether its pods may be adjusted
/// @param limitRanges the documents of its LimitRanges
public record KnownNamespace(
    HostPaths hostPaths, Podmon podmon, Adjusting adjusting, List<JsonNode> limitRanges) {
  private static final String ENFORCED_LEVEL = "pod-security.kubernetes.io/enforce";

  /// Nothing is known, so nothing is taken to be forbidden.
  public static final KnownNamespace UNKNOWN =
      new KnownNamespace(HostPaths.ALLOWED, Podmon.GIVEN, Adjusting.ALLOWED, List.of());

  /// Whether podmon may be put into pods: a replica that saw it do harm, or a person, says no by a
  /// label.
  public enum Podmon {
    GIVEN,
    WITHHELD;

    static Podmon of(JsonNode labels) {
      return labels.path(PodMarks.INJECT_LABEL).asString("").equals("withheld") ? WITHHELD : GIVEN;
    }
  }

  /// Whether pods may be adjusted: a person says no by a label.
  public enum Adjusting {
    ALLOWED,
    WITHHELD;

    static Adjusting of(JsonNode labels) {
      return labels.path(PodMarks.ADJUST_LABEL).asString("").equals("withheld")
          ? WITHHELD
          : ALLOWED;
    }
  }

  /// Whether pods may have volumes of the node, by their namespace's Pod Security level
  /// (<https://kubernetes.io/docs/concepts/security/pod-security-standards/>).
  public enum HostPaths {
    ALLOWED,
    FORBIDDEN;

    static HostPaths of(JsonNode labels) {
      return switch (labels.path(ENFORCED_LEVEL).asString("")) {
        case "baseline", "restricted" -> FORBIDDEN;
        default -> ALLOWED;
      };
    }
  }

  public KnownNamespace {
    limitRanges = List.copyOf(limitRanges);
  }

  /// By the labels of the namespace and the documents of its LimitRanges.
  public static KnownNamespace of(JsonNode labels, List<JsonNode> limitRanges) {
    return new KnownNamespace(
        HostPaths.of(labels), Podmon.of(labels), Adjusting.of(labels), limitRanges);
  }
}
