package io.multijob.servo.adjustment;

import java.util.ArrayList;
import java.util.List;

/// What the API server refuses in a pod, be it for LimitRanges or for the pod's own amounts.
///
/// @param pod with the settings in question
record ServerRules(Bounds bounds, PodResources pod) {

  /// What it would refuse of `settings`; nothing if it would take them.
  List<String> complaints(PodSettings settings) {
    List<String> complaints = new ArrayList<>();
    settings
        .containers()
        .forEach((name, container) -> {
          for (ResourceName resource : ResourceName.values()) {
            if (container.amounts().has(resource)) {
              for (String complaint : complaints(name, resource)) {
                complaints.add(name + "." + resource.setting() + ": " + complaint);
              }
            }
          }
        });
    return complaints;
  }

  private List<String> complaints(String component, ResourceName resource) {
    List<String> complaints = new ArrayList<>();
    ContainerResources container = pod.containers().get(component);
    Amounts amounts = container == null ? Amounts.NONE : container.amounts().completed();
    Amounts total = pod.total();
    bounds
        .containers()
        .complaint(resource, amounts)
        .ifPresent(complaint -> complaints.add("against a LimitRange, " + complaint));
    bounds
        .pods()
        .complaint(resource, total.with(pod.pod()).completed())
        .ifPresent(complaint -> complaints.add("against a LimitRange, in the pod " + complaint));
    Quantity request = total.request(resource).orElse(Quantity.ZERO);
    pod.pod()
        .request(resource)
        .filter(most -> request.compareTo(most) > 0)
        .ifPresent(most ->
            complaints.add(
                "the containers' requests of " + request + " are more than the pod's own " + most));
    Quantity limit = amounts.limit(resource).orElse(Quantity.ZERO);
    pod.pod()
        .limit(resource)
        .filter(most -> limit.compareTo(most) > 0)
        .ifPresent(
            most -> complaints.add("a limit of " + limit + " is more than the pod's own " + most));
    return complaints;
  }
}
