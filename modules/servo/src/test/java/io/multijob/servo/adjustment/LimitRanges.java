package io.multijob.servo.adjustment;

import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// LimitRanges in a line, for tables: `Container min.cpu=100m max.memory=1Gi ratio.cpu=4, Pod
/// max.cpu=8`, each part a LimitRange of its own.
final class LimitRanges {
  private LimitRanges() {}

  static List<JsonNode> of(String text) {
    return text.isBlank()
        ? List.of()
        : List.of(text.split(",", -1)).stream().map(LimitRanges::limitRange).toList();
  }

  private static JsonNode limitRange(String text) {
    ObjectNode limitRange = JsonMapper.shared().createObjectNode();
    ObjectNode item = limitRange.putObject("spec").putArray("limits").addObject();
    String[] words = text.strip().split(" +", -1);
    item.put("type", words[0]);
    for (int i = 1; i < words.length; i++) {
      String[] rule = words[i].split("[.=]", 3);
      item.withObject(rule[0].equals("ratio") ? "/maxLimitRequestRatio" : "/" + rule[0])
          .put(rule[1], rule[2]);
    }
    return limitRange;
  }
}
