package io.multijob.servo.pod;

import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/// When a pod came to each [PodMoment], as far as it has.
public record PodTimes(Map<PodMoment, Instant> moments) {

  public PodTimes {
    moments = Map.copyOf(moments);
  }

  public Optional<Instant> at(PodMoment moment) {
    return Optional.ofNullable(moments.get(moment));
  }

  /// These, and one more.
  public PodTimes with(PodMoment moment, Instant at) {
    Map<PodMoment, Instant> more = new EnumMap<>(PodMoment.class);
    more.putAll(moments);
    more.put(moment, at);
    return new PodTimes(more);
  }
}
