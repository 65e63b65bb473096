package io.multijob.sandbox.run.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.multijob.sandbox.run.pod.ContainerSpec.MessagePolicy;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The termination message of a container, within the kubelet's bounds.
///
/// @see <a
///   href="https://kubernetes.io/docs/tasks/debug/debug-application/determine-reason-pod-failure/">
///   Determine the Reason for Pod Failure</a>
public final class LastWords {
  private static final int MOST_BYTES = 4_096;
  private static final int MOST_LOG_BYTES = 2_048;
  private static final int MOST_LOG_LINES = 80;

  private LastWords() {}

  /// What the container has left in its file, or at the end of its log where its policy says so;
  /// empty for nothing.
  public static String of(ContainerFiles files, MessagePolicy policy, int exitCode) {
    String message = text(files.message(), 0, MOST_BYTES);
    if (!message.isEmpty() || policy == MessagePolicy.FILE || exitCode == 0) {
      return message;
    }
    long end = files.log().toFile().length();
    String log = text(files.log(), Math.max(0, end - MOST_LOG_BYTES), MOST_LOG_BYTES);
    if (log.isEmpty()) {
      return "";
    }
    List<String> lines = log.lines().toList();
    int first = Math.max(0, lines.size() - MOST_LOG_LINES);
    return String.join("\n", lines.subList(first, lines.size())) + "\n";
  }

  private static String text(Path file, long from, int most) {
    try (InputStream in = Files.newInputStream(file)) {
      in.skipNBytes(from);
      return new String(in.readNBytes(most), UTF_8);
    } catch (IOException e) {
      return ""; // the container has removed it
    }
  }
}
