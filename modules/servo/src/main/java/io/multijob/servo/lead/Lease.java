package io.multijob.servo.lead;

import java.time.Duration;
import java.time.Instant;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// A Lease as the API server has it
/// ([documentation](https://kubernetes.io/docs/concepts/architecture/leases/)).
///
/// @param version its `resourceVersion`; empty for one that is not there
/// @param holder who holds it; empty when nobody does
/// @param renewed when it was last renewed, as its holder says; only its changes count, for clocks
///   differ
/// @param duration how long it holds after that
/// @param transitions how often it went to another holder
record Lease(String version, String holder, String renewed, Duration duration, int transitions) {
  static final Lease ABSENT = new Lease("", "", "", Duration.ZERO, 0);

  private static final JsonMapper JSON = JsonMapper.shared();

  static Lease parse(String json) {
    JsonNode lease = JSON.readTree(json);
    JsonNode spec = lease.path("spec");
    return new Lease(
        lease.path("metadata").path("resourceVersion").asString(""),
        spec.path("holderIdentity").asString(""),
        spec.path("renewTime").asString(""),
        Duration.ofSeconds(spec.path("leaseDurationSeconds").asInt(0)),
        spec.path("leaseTransitions").asInt(0));
  }

  /// This lease as `holder` takes or renews it at `now`.
  Lease heldBy(String holder, Instant now, Duration duration) {
    int changes = holder.equals(this.holder) || version.isEmpty() ? transitions : transitions + 1;
    return new Lease(version, holder, now.toString(), duration, changes);
  }

  /// This lease as its holder gives it away.
  Lease released(Instant now) {
    return new Lease(version, "", now.toString(), Duration.ofSeconds(1), transitions);
  }

  /// The object to write. With a version, it is refused where another has written meanwhile.
  String toJson(LeaseName name) {
    ObjectNode lease = JSON.createObjectNode();
    lease.put("apiVersion", "coordination.k8s.io/v1").put("kind", "Lease");
    ObjectNode metadata = lease.putObject("metadata");
    metadata.put("namespace", name.namespace()).put("name", name.name());
    if (!version.isEmpty()) {
      metadata.put("resourceVersion", version);
    }
    ObjectNode spec = lease.putObject("spec");
    spec.put("holderIdentity", holder);
    spec.put("leaseDurationSeconds", Math.max(1, duration.toSeconds()));
    spec.put("renewTime", microseconds(renewed));
    spec.put("leaseTransitions", transitions);
    return lease.toString();
  }

  /// `MicroTime` of the API: six digits after the point, and only those.
  private static String microseconds(String time) {
    Instant at = Instant.parse(time);
    return "%s.%06dZ"
        .formatted(
            Instant.ofEpochSecond(at.getEpochSecond()).toString().replace("Z", ""),
            at.getNano() / 1_000);
  }
}
