package io.multijob.podmon;

import io.multijob.cgroup.Figure;
import io.multijob.cgroup.Group;
import io.multijob.cgroup.GroupReader;
import io.multijob.cgroup.Reading;
import java.util.HashMap;
import java.util.Map;

/// The most memory that groups have been seen to hold, for kernels that keep no peak themselves (v2
/// before Linux 5.19). Used by podmon's main thread only.
final class HeldPeaks {
  private final GroupReader reader;
  private final Map<Group, Long> most = new HashMap<>();

  HeldPeaks(GroupReader reader) {
    this.reader = reader;
  }

  /// Looks at what `group` holds now.
  void sample(Group group) {
    reader.readHeldBytes(group).ifPresent(bytes -> most.merge(group, bytes, Math::max));
  }

  /// Reads `group`, with the highest sample for its peak where the kernel has none.
  Reading read(Group group) {
    Reading reading = reader.read(group);
    if (reading.find(Figure.PEAK_BYTES).isPresent()) {
      return reading;
    }
    reading.find(Figure.HELD_BYTES).ifPresent(bytes -> most.merge(group, bytes, Math::max));
    Long peak = most.get(group);
    return peak == null ? reading : reading.with(Figure.PEAK_BYTES, peak);
  }
}
