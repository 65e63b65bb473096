package io.multijob.servo.adjustment;

import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Pods in a line, for tables: `main limits.cpu=2 env.WORKERS=4, side`. A name that starts with
/// `init/` is an init container, one with `sidecar/` a native sidecar; `pod` stands for the
/// resources of the pod as a whole. `env.X<-Y` is a variable that is found elsewhere.
final class PodText {
  private PodText() {}

  static ObjectNode pod(String text) {
    ObjectNode pod = JsonMapper.shared().createObjectNode();
    pod.putObject("metadata").put("generateName", "nightly-");
    ObjectNode spec = pod.putObject("spec");
    spec.putArray("containers");
    for (String part : text.split(",", -1)) {
      String[] words = part.strip().split(" +", -1);
      ObjectNode container = named(spec, words[0]);
      for (int i = 1; i < words.length; i++) {
        add(container, words[i]);
      }
    }
    return pod;
  }

  /// What the regular containers have, in the form of [#pod].
  static String text(ObjectNode pod) {
    List<String> containers = new ArrayList<>();
    for (JsonNode container : pod.path("spec").path("containers")) {
      var words = new StringJoiner(" ");
      words.add(container.path("name").asString());
      for (String list : List.of("limits", "requests")) {
        for (String resource : List.of("cpu", "memory")) {
          JsonNode amount = container.path("resources").path(list).path(resource);
          if (!amount.isMissingNode()) {
            words.add(list + "." + resource + "=" + amount.asString());
          }
        }
      }
      for (JsonNode variable : container.path("env")) {
        String name = "env." + variable.path("name").asString();
        words.add(
            variable.has("valueFrom")
                ? name + "<-" + variable.path("valueFrom").path("fieldRef").asString("")
                : name + "=" + variable.path("value").asString(""));
      }
      containers.add(words.toString());
    }
    return String.join(", ", containers);
  }

  private static ObjectNode named(ObjectNode spec, String name) {
    if (name.equals("pod")) {
      return spec;
    }
    int slash = name.indexOf('/');
    ObjectNode container =
        spec.withArray(slash < 0 ? "/containers" : "/initContainers").addObject();
    container.put("name", name.substring(slash + 1));
    if (name.startsWith("sidecar/")) {
      container.put("restartPolicy", "Always");
    }
    return container;
  }

  private static void add(ObjectNode container, String word) {
    String[] parts = word.split("<-|=", 2);
    String key = parts[0];
    if (key.startsWith("env.")) {
      ObjectNode variable = container.withArray("/env").addObject();
      variable.put("name", key.substring("env.".length()));
      if (word.contains("<-")) {
        variable.putObject("valueFrom").put("fieldRef", parts[1]);
      } else {
        variable.put("value", parts[1]);
      }
    } else {
      String[] list = key.split("\\.", 2);
      container.withObject("/resources/" + list[0]).put(list[1], parts[1]);
    }
  }
}
