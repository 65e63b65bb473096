package io.multijob.sandbox.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multijob.sandbox.api.object.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ManifestsTest {
  private static final String POD =
      "{apiVersion: v1, kind: Pod, metadata: {name: %s}, spec: {containers: [{name: main}]}}\n";
  private static final String JOB =
      """
      apiVersion: batch/v1
      kind: Job
      metadata: {name: nightly, namespace: night}
      spec: {template: {spec: {containers: [{name: main}]}}}
      """;

  @TempDir private Path directory;

  @Test
  void readsAllDocumentsOfAllFilesInOrder() throws IOException {
    write("2.yaml", POD.formatted("two") + "---\n---\n" + JOB);
    write(
        "1.json", "{\"apiVersion\": \"v1\", \"kind\": \"List\", \"items\": [" + json("one") + "]}");
    write("README.md", "not a manifest");

    assertThat(Manifests.read(directory))
        .extracting(Manifest::name)
        .containsExactly("one", "two", "nightly");
  }

  @Test
  void knowsWhereEachIsPosted() throws IOException {
    Path file = write("a.yaml", POD.formatted("one") + "---\n" + JOB);

    assertThat(Manifests.read(file))
        .extracting(Manifest::collection)
        .containsExactly("/api/v1/namespaces/default/pods", "/apis/batch/v1/namespaces/night/jobs");
  }

  @Test
  void whatLooksLikeATimeStaysText() throws IOException {
    Path file = write("a.yaml", POD.formatted("one, annotations: {day: 2026-11-22}"));

    Manifest manifest = Manifests.read(file).getFirst();

    assertThat(Json.text(manifest.object(), "metadata", "annotations", "day"))
        .isEqualTo("2026-11-22");
  }

  @Test
  void saysAllThatIsWrongAndWhere() throws IOException {
    Path first = write("1.yaml", POD.formatted("one") + "---\nkind: CronJob\n---\n- 1\n");
    Path second = write("2.yaml", "{apiVersion: v1, kind: Job, spec: {}}");
    Path third = write("3.yaml", "a: [\n");

    assertThatThrownBy(() -> Manifests.read(directory))
        .isInstanceOfSatisfying(
            ManifestException.class,
            e -> {
              assertThat(e.problems())
                  .startsWith(
                      first + ", document 2: expected kind Pod, Job or List, found CronJob",
                      first + ", document 3: expected an object, found [1]",
                      second + ", document 1: expected apiVersion batch/v1 for a Job, found v1",
                      second
                          + ", document 1: expected metadata.name or metadata.generateName, found"
                          + " neither",
                      second
                          + ", document 1: expected at least one container in"
                          + " spec.template.spec.containers, found none");
              assertThat(e.getMessage()).contains(third + ": expected YAML or JSON: ", "line 2");
            });
  }

  @Test
  void aDirectoryWithoutManifestsIsAnError() {
    assertThatThrownBy(() -> Manifests.read(directory))
        .isInstanceOf(ManifestException.class)
        .hasMessage(directory + ": expected a Pod or a Job, found none");
  }

  private static String json(String name) {
    return "{\"apiVersion\": \"v1\", \"kind\": \"Pod\", \"metadata\": {\"name\": \""
        + name
        + "\"},"
        + " \"spec\": {\"containers\": [{\"name\": \"main\"}]}}";
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name), text);
  }
}
