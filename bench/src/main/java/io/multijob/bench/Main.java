package io.multijob.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.multijob.bench.admission.AdmissionBench;
import io.multijob.bench.decode.DecodeBench;
import io.multijob.bench.figure.Circumstances;
import io.multijob.bench.figure.Figure;
import io.multijob.bench.figure.Results;
import io.multijob.bench.figure.ResultsJson;
import io.multijob.bench.figure.ResultsTable;
import io.multijob.bench.latency.LatencyBench;
import io.multijob.bench.latency.MarksBench;
import io.multijob.bench.machine.Here;
import io.multijob.bench.memory.MemoryBench;
import io.multijob.bench.start.StartBench;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// Runs the benches that are named, or all of them, and keeps and prints what they measured.
public final class Main {
  private static final List<Bench> BENCHES =
      List.of(
          new DecodeBench(),
          new StartBench(),
          new LatencyBench(),
          new MarksBench(),
          new AdmissionBench(),
          new MemoryBench());

  /// Where `make e2e` leaves figures that only a node can give; shown with the others.
  private static final String FIGURES_OF_E2E = "e2e/target/figures.json";

  private static final int ROUNDS = Integer.getInteger("bench.rounds", 3);

  private Main() {}

  public static void main(String[] names) throws Exception {
    Path project = Path.of(System.getProperty("bench.project", "")).toAbsolutePath();
    List<Bench> chosen = chosen(Set.of(names));
    Path directory = Files.createTempDirectory("bench-");
    try {
      Circumstances circumstances = Here.circumstances(project);
      List<Figure> figures = new ArrayList<>();
      Workshop workshop = new Workshop(project, directory, ROUNDS, System.nanoTime());
      for (Bench bench : chosen) {
        figures.addAll(bench.measure(workshop));
      }
      boolean all = chosen.size() == BENCHES.size();
      if (all) {
        figures.addAll(figuresOfE2e(project));
      }
      keep(new Results(circumstances, figures), project.resolve(all ? "bench" : "bench/target"));
    } finally {
      delete(directory);
    }
  }

  private static List<Bench> chosen(Set<String> names) {
    List<String> known = BENCHES.stream().map(Bench::name).toList();
    if (!known.containsAll(names)) {
      System.err.println("bench: there are " + String.join(", ", known) + "; asked for " + names);
      System.exit(2);
    }
    return BENCHES.stream()
        .filter(bench -> names.isEmpty() || names.contains(bench.name()))
        .toList();
  }

  /// A whole run is kept with the sources; one of a part of the benches only until the next build.
  private static void keep(Results results, Path parent) throws IOException {
    Path directory = Files.createDirectories(parent.resolve("results"));
    Path file = directory.resolve(results.name() + ".json");
    String table = ResultsTable.of(results);
    Files.writeString(file, ResultsJson.write(results), UTF_8);
    Files.writeString(directory.resolve("latest.md"), table, UTF_8);
    System.out.println(table);
    System.out.println("kept in " + file);
  }

  private static List<Figure> figuresOfE2e(Path project) throws IOException {
    Path file = project.resolve(FIGURES_OF_E2E);
    return Files.exists(file) ? ResultsJson.readFigures(Files.readString(file, UTF_8)) : List.of();
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
        Files.delete(file);
      }
    }
  }
}
