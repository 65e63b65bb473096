package io.multijob.servo.kubernetes;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/// An object of a YAML document, read for what is wanted of it: what is not there, or is of another
/// kind, is empty.
record YamlObject(Map<String, Node> fields) {
  static final YamlObject EMPTY = new YamlObject(Map.of());

  YamlObject {
    fields = Map.copyOf(fields);
  }

  /// The object that the document is.
  ///
  /// @throws YamlEngineException if it is no YAML
  static YamlObject parse(String document) {
    return new Compose(LoadSettings.builder().build())
        .composeString(document)
        .map(YamlObject::of)
        .orElse(EMPTY);
  }

  private static YamlObject of(Node node) {
    if (!(node instanceof MappingNode mapping)) {
      return EMPTY;
    }
    Map<String, Node> fields = new HashMap<>();
    for (NodeTuple field : mapping.getValue()) {
      boolean set = !field.getValueNode().getTag().equals(Tag.NULL);
      if (set && field.getKeyNode() instanceof ScalarNode key) {
        fields.put(key.getValue(), field.getValueNode());
      }
    }
    return new YamlObject(fields);
  }

  /// The names of those that have a value.
  Set<String> names() {
    return fields.keySet();
  }

  /// A scalar as it is written, without quotes.
  String text(String name) {
    return fields.get(name) instanceof ScalarNode scalar ? scalar.getValue() : "";
  }

  YamlObject object(String name) {
    Node node = fields.get(name);
    return node == null ? EMPTY : of(node);
  }

  /// The objects of an array.
  List<YamlObject> objects(String name) {
    List<YamlObject> objects = new ArrayList<>();
    if (fields.get(name) instanceof SequenceNode array) {
      array.getValue().forEach(node -> objects.add(of(node)));
    }
    return objects;
  }
}
