package io.multijob.optune.api;

import io.multijob.optune.run.Quantity;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// What a container asked for, from the text of Kubernetes to numbers: `requests` and `limits`,
/// each with `cpu` in cores and `memory` in bytes, as far as they are known.
record ResourcesJson(JsonMapper mapper) {

  /// @param resources the `resources` of a container as JSON; whatever else it is gives nothing
  ObjectNode of(String resources) {
    ObjectNode json = mapper.createObjectNode();
    JsonNode given = parse(resources);
    add(json, "requests", given.path("requests"));
    add(json, "limits", given.path("limits"));
    return json;
  }

  private JsonNode parse(String resources) {
    try {
      return mapper.readTree(resources);
    } catch (JacksonException e) {
      return mapper.missingNode(); // an annotation is free text: one that is not JSON tells nothing
    }
  }

  private void add(ObjectNode json, String name, JsonNode given) {
    ObjectNode amounts = mapper.createObjectNode();
    for (String resource : new String[] {"cpu", "memory"}) {
      Quantity.parse(given.path(resource).asString(""))
          .ifPresent(amount -> amounts.put(resource, amount));
    }
    if (!amounts.isEmpty()) {
      json.set(name, amounts);
    }
  }
}
