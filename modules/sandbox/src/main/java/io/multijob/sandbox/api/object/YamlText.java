package io.multijob.sandbox.api.object;

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

/// YAML read as the JSON that it stands for. JSON is YAML too.
public final class YamlText {

  /// What looks like a time stays text: JSON has no times.
  private static final class WithoutTimes extends Resolver {
    @Override
    public void addImplicitResolver(Tag tag, Pattern pattern, String first, int limit) {
      if (!tag.equals(Tag.TIMESTAMP)) {
        super.addImplicitResolver(tag, pattern, first, limit);
      }
    }
  }

  private YamlText() {}

  /// The only document of `text`.
  ///
  /// @throws YAMLException if `text` is not YAML, or more than one document; says where
  public static JsonNode document(String text) {
    return Json.of(parser().load(text));
  }

  /// All documents of `text`.
  ///
  /// @throws YAMLException if `text` is not YAML; says where
  public static List<JsonNode> documents(String text) {
    List<JsonNode> documents = new ArrayList<>();
    parser().loadAll(text).forEach(document -> documents.add(Json.of(document)));
    return documents;
  }

  private static Yaml parser() {
    LoaderOptions loading = new LoaderOptions();
    DumperOptions dumping = new DumperOptions();
    return new Yaml(
        new SafeConstructor(loading),
        new Representer(dumping),
        dumping,
        loading,
        new WithoutTimes());
  }
}
