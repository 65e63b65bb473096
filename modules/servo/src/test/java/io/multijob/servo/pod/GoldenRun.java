package io.multijob.servo.pod;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A pod as an API server would show it, and what is to be reported of its run: one file of the
/// folder `runs`.
///
/// - `about`: what the case is about, for a person
/// - `path`: the app-id path; the usual one when absent
/// - `before`: the workload's state as it was seen before
/// - `pod`: the pod, and `gone` when it is seen deleted
/// - `now`: when it is seen
/// - `posted`: what podmon has posted
/// - `event`: what is reported; absent when the run is not over
public record GoldenRun(String name, JsonNode document) {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Instant USUAL_NOW = Instant.parse("2026-11-22T10:10:00Z");

  /// All there are.
  public static List<GoldenRun> all() throws IOException, URISyntaxException {
    URL folder = Objects.requireNonNull(GoldenRun.class.getResource("/runs"));
    try (Stream<Path> files = Files.list(Path.of(folder.toURI()))) {
      return files.sorted().map(GoldenRun::read).toList();
    }
  }

  public AppIdPath path() {
    return AppIdPath.parse(document.path("path").asString("spec/containers/0/env/[JOBID]"));
  }

  public Instant now() {
    return document.has("now") ? Instant.parse(document.path("now").asString("")) : USUAL_NOW;
  }

  public boolean gone() {
    return document.path("gone").asBoolean(false);
  }

  public JsonNode pod() {
    return document.path("pod");
  }

  @Override
  public String toString() {
    return name;
  }

  private static GoldenRun read(Path file) {
    String name = file.getFileName().toString().replace(".json", "");
    try {
      return new GoldenRun(name, JSON.readTree(Files.readString(file, UTF_8)));
    } catch (IOException e) {
      throw new AssertionError("cannot read " + file, e);
    }
  }
}
