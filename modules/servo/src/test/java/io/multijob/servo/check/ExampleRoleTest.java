package io.multijob.servo.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.multijob.servo.AdmissionMode;
import io.multijob.servo.ServoConfig;
import io.multijob.servo.kubernetes.ClusterFeatures;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Holds `example/svc-role.yaml` to what the features need.
final class ExampleRoleTest {
  private static final String OWN = "default";
  private static final ClusterFeatures CLUSTER =
      new ClusterFeatures(1, 37, Set.of("mutatingadmissionpolicies"));

  static List<Permission> permissions() throws Exception {
    ServoConfig config =
        ServoConfig.from(
            Map.of(
                "OPTUNE_ACCOUNT", "acme",
                "POD_NAMESPACES", "*",
                "HOLD_PODS", "true",
                "LEASE", "opsani-servo",
                "OPTUNE_SLEEPER_IMG", "pause"));
    return Permissions.of(config, config.pods().scopes(), AdmissionMode.BOTH, CLUSTER, OWN);
  }

  @ParameterizedTest
  @MethodSource("permissions")
  void gives(Permission permission) throws Exception {
    List<JsonNode> rules = rules(permission.namespace().equals(OWN) ? "Role" : "ClusterRole");

    for (String verb : permission.verbs()) {
      assertThat(rules).as(permission.words(verb)).anyMatch(rule -> gives(rule, permission, verb));
    }
  }

  private static boolean gives(JsonNode rule, Permission permission, String verb) {
    JsonNode names = rule.path("resourceNames");
    return has(rule.path("apiGroups"), permission.group())
        && has(rule.path("resources"), permission.resource())
        && has(rule.path("verbs"), verb)
        && (names.isEmpty() || has(names, permission.name()));
  }

  private static boolean has(JsonNode list, String value) {
    return list.valueStream().anyMatch(each -> each.asString("").equals(value));
  }

  private static List<JsonNode> rules(String kind) throws Exception {
    List<JsonNode> rules = new ArrayList<>();
    String text = Files.readString(Path.of("../../example/svc-role.yaml"));
    for (Object document : new Load(LoadSettings.builder().build()).loadAllFromString(text)) {
      JsonNode object = JsonMapper.shared().valueToTree(document);
      if (object.path("kind").asString("").equals(kind)) {
        object.path("rules").forEach(rules::add);
      }
    }
    return rules;
  }
}
