package io.multijob.protocol;

import java.util.List;

/// The servo has started and watches.
///
/// @param account whose servo it is; empty if it has none
/// @param agent which servo it is, such as `servo-k8s-multijob`; empty if it did not say
/// @param version the servo's; empty if it did not say
/// @param namespaces what it watches; empty if it did not say
public record Hello(String account, String agent, String version, List<String> namespaces)
    implements Event {

  public Hello {
    namespaces = List.copyOf(namespaces);
  }
}
