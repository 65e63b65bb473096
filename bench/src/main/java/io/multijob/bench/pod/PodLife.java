package io.multijob.bench.pod;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.util.List;

/// The life of a pod of a Job, as the API server of Kubernetes 1.37 told it to a watch: from its
/// creation over `Running` and `Succeeded` to its deletion.
///
/// @param events as they came
/// @param running the one that tells of the running pod
public record PodLife(List<RecordedEvent> events, RecordedEvent running) {
  private static final String RECORDING = "life.jsonl";

  public PodLife {
    events = List.copyOf(events);
  }

  /// Reads the recording.
  public static PodLife recorded() throws IOException {
    try (InputStream in = PodLife.class.getResourceAsStream(RECORDING)) {
      if (in == null) {
        throw new IOException("no " + RECORDING + " beside " + PodLife.class);
      }
      List<String> lines =
          new BufferedReader(new InputStreamReader(in, ISO_8859_1)).lines().toList();
      String running =
          lines.stream()
              .filter(line -> line.contains("\"phase\":\"Running\""))
              .findFirst()
              .orElseThrow(() -> new IOException("no running pod in " + RECORDING));
      return new PodLife(lines.stream().map(RecordedEvent::of).toList(), RecordedEvent.of(running));
    }
  }

  /// Bytes of an event, on average.
  public double meanLength() {
    return events.stream().mapToInt(RecordedEvent::length).average().orElseThrow();
  }
}
