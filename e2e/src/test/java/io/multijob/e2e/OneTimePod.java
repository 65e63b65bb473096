package io.multijob.e2e;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.stream.Stream;

/// The manifest of a one-time pod on the test cluster's image.
///
/// @param spec the fields of its spec beside the containers
/// @param container those of its container `main`
/// @param beside its further containers, in YAML
record OneTimePod(String name, YamlFields spec, YamlFields container, List<String> beside) {
  /// An image that has a shell: that of the environment's `E2E_IMAGE`, or the test cluster's.
  static final String IMAGE =
      System.getProperty(
          "e2e.image", System.getenv().getOrDefault("E2E_IMAGE", "localhost/busybox:1"));

  /// The container that its app id names.
  static final String MAIN = "main";

  private static final String INDENT = "  ";

  OneTimePod {
    beside = List.copyOf(beside);
  }

  /// A pod whose app id is its name, and that ends at once.
  static OneTimePod named(String name) {
    YamlFields spec = YamlFields.of("restartPolicy: Never", "terminationGracePeriodSeconds: 1");
    YamlFields container = YamlFields.of("name: " + MAIN, "image: " + IMAGE);
    return new OneTimePod(name, spec, container, List.of()).command("true").appId(name);
  }

  /// With that shell command.
  OneTimePod command(String shell) {
    return container("command: " + shell(shell));
  }

  /// With that value of `JOBID`.
  OneTimePod appId(String value) {
    return container("env: [{name: JOBID, value: %s}]".formatted(quoted(value)));
  }

  /// Without any `JOBID`.
  OneTimePod withoutAppId() {
    return container("env: []");
  }

  /// With these fields of its spec, such as `activeDeadlineSeconds: 2`, in place of those of the
  /// same names.
  OneTimePod spec(String... fields) {
    return new OneTimePod(name, spec.with(fields), container, beside);
  }

  /// With these fields of its container, such as `resources: {limits: {memory: 32Mi}}`, in place of
  /// those of the same names.
  OneTimePod container(String... fields) {
    return new OneTimePod(name, spec, container.with(fields), beside);
  }

  /// With one more container on the same image, and these fields of it.
  OneTimePod beside(String container, String shell, String... fields) {
    String another = extra(container, shell, fields);
    List<String> more = Stream.concat(beside.stream(), Stream.of(another)).toList();
    return new OneTimePod(name, spec, this.container, more);
  }

  /// With one init container on the same image.
  OneTimePod init(String container, String shell) {
    return spec("initContainers: [" + extra(container, shell) + "]");
  }

  /// True for a pod that the servo should report by its usual settings, whoever made it.
  static boolean isOneTimeWithAppId(Pod pod) {
    return "Never".equals(pod.getSpec().getRestartPolicy())
        && pod.getSpec().getContainers().getFirst().getEnv().stream()
            .anyMatch(variable -> variable.getName().equals("JOBID") && hasText(variable));
  }

  private static boolean hasText(EnvVar variable) {
    return variable.getValue() != null && !variable.getValue().isEmpty();
  }

  String yaml() {
    return """
    apiVersion: v1
    kind: Pod
    metadata: {name: %s}
    spec:
    """
            .formatted(name)
        + podSpec().indent(INDENT.length());
  }

  /// Its spec alone, for the template of what makes pods.
  String podSpec() {
    String containers =
        "- " + container.yaml().indent(INDENT.length()).strip() + "\n" + moreContainers();
    return spec.yaml() + "containers:\n" + containers.indent(INDENT.length());
  }

  private String moreContainers() {
    StringBuilder lines = new StringBuilder();
    beside.forEach(container -> lines.append("- ").append(container).append('\n'));
    return lines.toString();
  }

  private static String extra(String container, String shell, String... fields) {
    YamlFields all = YamlFields.of("name: " + container, "image: " + IMAGE);
    return all.with("command: " + shell(shell)).with(fields).inline();
  }

  private static String shell(String command) {
    return "[sh, -c, " + quoted(command) + "]";
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "''") + "'";
  }
}
