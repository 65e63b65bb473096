package io.multijob.sandbox.run;

import io.multijob.sandbox.api.object.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;
import tools.jackson.databind.JsonNode;

/// The documents of a YAML text as the JSON that they stand for. JSON is YAML too.
final class YamlDocuments {

  /// JSON has no times, so what looks like one is text.
  private static final class WithoutTimes extends Resolver {
    @Override
    public void addImplicitResolver(Tag tag, Pattern pattern, String first, int limit) {
      if (!tag.equals(Tag.TIMESTAMP)) {
        super.addImplicitResolver(tag, pattern, first, limit);
      }
    }
  }

  private YamlDocuments() {}

  /// @throws YAMLException if `text` is not YAML, with the line
  static List<JsonNode> in(String text) {
    LoaderOptions loading = new LoaderOptions();
    DumperOptions dumping = new DumperOptions();
    Yaml yaml =
        new Yaml(
            new SafeConstructor(loading),
            new Representer(dumping),
            dumping,
            loading,
            new WithoutTimes());
    List<JsonNode> documents = new ArrayList<>();
    yaml.loadAll(text).forEach(document -> documents.add(Json.of(document)));
    return documents;
  }
}
