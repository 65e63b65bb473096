package io.multijob.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;

/// What podmon tells of a pod's run: `{"id": "<pod uid>", "stats": {...}}`.
///
/// @param id the pod's uid
/// @param pod what was counted of the pod from podmon's start to the workload's end
/// @param source what the figures were read from, such as `cgroup-v2`; empty if podmon did not say,
///   as the original's does not
/// @param peak how the peak of memory was found
/// @param containers those that podmon saw, each with its own id, in the order of their start
/// @param containersLeftOut how many more it saw than the report has room for
public record PodmonReport(
    String id,
    Figures pod,
    String source,
    Peak peak,
    List<ContainerFigures> containers,
    int containersLeftOut) {

  /// How the peak of memory was found.
  public enum Peak {
    /// The kernel kept it.
    EXACT,
    /// It is the highest of some looks: the kernel is older than Linux 5.19, or a container's group
    /// had gone before podmon, on a node too busy to let it run, came to read it.
    SAMPLED;

    /// As it is written, empty for what needs no word.
    public String wire() {
      return this == SAMPLED ? "sampled" : "";
    }
  }

  /// No report is larger; a listener may refuse what is.
  public static final int MAX_BYTES = 64 * 1024;

  public PodmonReport {
    containers = List.copyOf(containers);
  }

  /// The report in a document, whose unknown members are skipped.
  ///
  /// @throws ProtocolException if there is none in it, or what it says cannot be
  public static PodmonReport parse(byte[] json) {
    return PodmonReportJson.read(json);
  }

  /// As [#parse(byte[])], of a termination message.
  public static PodmonReport parse(String json) {
    return parse(json.getBytes(UTF_8));
  }

  /// The report as compact JSON, byte for byte as podmon writes it.
  public String json() {
    return PodmonReportJson.write(this);
  }
}
