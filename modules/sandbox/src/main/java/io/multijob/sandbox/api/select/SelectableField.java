package io.multijob.sandbox.api.select;

import io.multijob.sandbox.api.object.Json;
import io.multijob.sandbox.api.object.Resource;
import java.util.Arrays;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// A field of an object that field selectors may name, beside `metadata.name` and
/// `metadata.namespace`.
///
/// @param name what the selector says
/// @param path where the value lies
/// @param absent what the field counts as where it is not there
/// @see <a
///   href="https://kubernetes.io/docs/concepts/overview/working-with-objects/field-selectors/">
///   Field selectors</a>
public record SelectableField(String name, List<String> path, String absent) {
  private static final List<SelectableField> POD =
      List.of(
          at("spec.nodeName"),
          at("spec.restartPolicy"),
          at("spec.schedulerName"),
          at("spec.serviceAccountName"),
          at("spec.hostNetwork", "spec.hostNetwork", "false"),
          at("status.phase"),
          at("status.podIP"),
          at("status.nominatedNodeName"));
  private static final List<SelectableField> JOB =
      List.of(at("status.successful", "status.succeeded", "0"));
  private static final List<SelectableField> EVENT =
      List.of(
          at("involvedObject.kind"),
          at("involvedObject.namespace"),
          at("involvedObject.name"),
          at("involvedObject.uid"),
          at("involvedObject.apiVersion"),
          at("involvedObject.resourceVersion"),
          at("involvedObject.fieldPath"),
          at("reason"),
          at("reportingComponent"),
          at("source", "source.component", ""),
          at("type"));
  private static final List<SelectableField> NODE =
      List.of(at("spec.unschedulable", "spec.unschedulable", "false"));
  private static final List<SelectableField> NAMESPACE = List.of(at("status.phase"));

  public SelectableField {
    path = List.copyOf(path);
  }

  public static List<SelectableField> of(Resource resource) {
    return switch (resource) {
      case PODS -> POD;
      case JOBS -> JOB;
      case EVENTS -> EVENT;
      case NODES -> NODE;
      case NAMESPACES -> NAMESPACE;
      case LEASES -> List.of();
    };
  }

  /// The values that `object` has in the fields of its resource, in their order.
  public static List<String> valuesIn(Resource resource, JsonNode object) {
    return of(resource).stream().map(field -> field.valueIn(object)).toList();
  }

  String valueIn(JsonNode object) {
    return Json.at(object, path.toArray(String[]::new)).asString(absent);
  }

  private static SelectableField at(String path) {
    return at(path, path, "");
  }

  private static SelectableField at(String name, String path, String absent) {
    return new SelectableField(name, Arrays.asList(path.split("\\.")), absent);
  }
}
