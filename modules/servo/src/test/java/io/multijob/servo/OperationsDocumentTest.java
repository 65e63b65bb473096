package io.multijob.servo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Holds `docs/operations.md` to the code.
final class OperationsDocumentTest {
  private static final Path DOCUMENT = Path.of("../../docs/operations.md");
  private static final Path SOURCES = Path.of("src/main/java");

  /// Read by the launcher.
  private static final Set<String> OF_THE_JVM = Set.of("SERVO_HEAP", "SERVO_JAVA_OPTIONS");

  private static final Pattern NAME = Pattern.compile("`([A-Z][A-Z_]+)`");
  private static final Pattern METRIC = Pattern.compile("`(servo_[a-z_]+)(?:\\{[a-z,]+})?`");
  private static final Pattern METRIC_IN_CODE = Pattern.compile("\"(servo_[a-z_]+)\"");
  private static final Pattern BETWEEN_CELLS = Pattern.compile("(?<!\\\\)\\|");

  @Test
  void hasARowForEachSettingInTheSameOrder() throws IOException {
    List<String> settings =
        settings().keySet().stream().filter(name -> !OF_THE_JVM.contains(name)).toList();

    assertThat(settings)
        .containsExactlyElementsOf(Arrays.stream(Setting.values()).map(Setting::name).toList());
    assertThat(settings().keySet()).containsAll(OF_THE_JVM);
  }

  @Test
  void saysTheDefaultOfEachSetting() throws IOException {
    Map<String, String> standards = settings();

    for (Setting setting : Setting.values()) {
      if (!setting.standard().isEmpty()) {
        assertThat(standards.get(setting.name()))
            .as("default of " + setting)
            .isEqualTo("`" + setting.standard() + "`");
      }
    }
  }

  @Test
  void namesTheMetricsThatThereAre() throws IOException {
    Set<String> named = new TreeSet<>();
    for (List<String> row : table("| name | meaning |")) {
      METRIC.matcher(row.getFirst()).results().map(found -> found.group(1)).forEach(named::add);
    }

    assertThat(named).containsExactlyElementsOf(metrics());
  }

  @Test
  void hasAsManyCellsInEachRowOfATable() throws IOException {
    int columns = 0;
    for (String line : Files.readAllLines(DOCUMENT)) {
      int cells = line.startsWith("|") ? cells(line).size() : 0;
      if (columns > 0 && cells > 0) {
        assertThat(cells).as(line).isEqualTo(columns);
      }
      columns = cells;
    }
  }

  /// Defaults by the name of their setting.
  private static Map<String, String> settings() throws IOException {
    Map<String, String> settings = new LinkedHashMap<>();
    for (List<String> row : table("| setting of `servo run` | default | meaning |")) {
      for (MatchResult found : NAME.matcher(row.getFirst()).results().toList()) {
        settings.put(found.group(1), row.get(1));
      }
    }
    return settings;
  }

  private static Set<String> metrics() throws IOException {
    Set<String> metrics = new TreeSet<>();
    try (Stream<Path> files = Files.walk(SOURCES)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
        METRIC_IN_CODE
            .matcher(Files.readString(file))
            .results()
            .map(found -> found.group(1))
            .forEach(metrics::add);
      }
    }
    return metrics;
  }

  /// The rows of the table with that head.
  private static List<List<String>> table(String head) throws IOException {
    List<List<String>> rows =
        Files.readAllLines(DOCUMENT).stream()
            .dropWhile(line -> !line.equals(head))
            .skip(2)
            .takeWhile(line -> line.startsWith("|"))
            .map(OperationsDocumentTest::cells)
            .collect(Collectors.toList());
    assertThat(rows).as("the table under " + head).isNotEmpty();
    return rows;
  }

  private static List<String> cells(String row) {
    String inner = row.substring(1, row.lastIndexOf('|'));
    return BETWEEN_CELLS.splitAsStream(inner).map(String::strip).toList();
  }
}
