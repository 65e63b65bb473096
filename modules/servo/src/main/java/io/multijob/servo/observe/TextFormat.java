package io.multijob.servo.observe;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.slf4j.event.KeyValuePair;
import org.slf4j.event.Level;
import org.slf4j.event.LoggingEvent;
import org.slf4j.helpers.MessageFormatter;

/// For a person: `22:31:05.123 Run is over pod=default/report-7x2 reason=Completed`, in UTC. INFO
/// is not said; other levels are, in the gap.
///
/// @param dress how words stand out
record TextFormat(Dress dress) implements LineFormat {
  private static final Path STANDARD_ERROR = Path.of("/proc/self/fd/2");
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss.SSS").withZone(ZoneOffset.UTC);

  /// How words stand out, or step back.
  enum Dress {
    PLAIN,
    COLOURS;

    private String dim(String text) {
      return in("2", text);
    }

    private String level(Level level) {
      return switch (level) {
        case ERROR -> in("1;31", "ERROR");
        case WARN -> in("33", "WARN ");
        case INFO -> "     ";
        case DEBUG -> in("2", "DEBUG");
        case TRACE -> in("2", "TRACE");
      };
    }

    private String in(String style, String text) {
      return this == COLOURS ? "\u001b[" + style + "m" + text + "\u001b[0m" : text;
    }
  }

  /// A terminal gets colours, unless NO_COLOR says no (<https://no-color.org>).
  static TextFormat ofStandardError() {
    if (System.getenv("NO_COLOR") != null) {
      return new TextFormat(Dress.PLAIN);
    }
    try {
      String target = Files.readSymbolicLink(STANDARD_ERROR).toString();
      boolean terminal = target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
      return new TextFormat(terminal ? Dress.COLOURS : Dress.PLAIN);
    } catch (IOException | UnsupportedOperationException e) {
      return new TextFormat(Dress.PLAIN); // not on Linux
    }
  }

  @Override
  public String line(LoggingEvent event, Instant at) {
    StringBuilder line = new StringBuilder(160).append(dress.dim(TIME.format(at))).append(' ');
    line.append(dress.level(event.getLevel())).append(' ');
    line.append(MessageFormatter.basicArrayFormat(event.getMessage(), event.getArgumentArray()));
    if (event.getKeyValuePairs() != null) {
      String gap = "  ";
      for (KeyValuePair pair : event.getKeyValuePairs()) {
        line.append(gap).append(dress.dim(pair.key + "=")).append(quoted(pair.value));
        gap = " ";
      }
    }
    appendFailure(line, event);
    return line.toString();
  }

  /// The stack is for what a person must act on; of other failures, what it was and why.
  private void appendFailure(StringBuilder line, LoggingEvent event) {
    Throwable failure = event.getThrowable();
    if (failure == null) {
      line.append('\n');
      return;
    }
    if (event.getLevel() == Level.ERROR) {
      StringWriter trace = new StringWriter();
      failure.printStackTrace(new PrintWriter(trace));
      line.append('\n').append(trace);
      return;
    }
    line.append("  ").append(dress.dim("error=")).append(quoted(failure)).append('\n');
  }

  /// In quotes where one could not see its end; never more than one line.
  private static String quoted(Object value) {
    String text = String.valueOf(value);
    if (!text.isEmpty() && text.chars().noneMatch(c -> c <= ' ' || c == '"' || c == 0x7f)) {
      return text;
    }
    StringBuilder quoted = new StringBuilder().append('"');
    text.chars()
        .forEach(c -> {
          switch (c) {
            case '"', '\\' -> quoted.append('\\').append((char) c);
            case '\n' -> quoted.append("\\n");
            case '\t' -> quoted.append("\\t");
            default -> quoted.append(c < ' ' || c == 0x7f ? '?' : (char) c);
          }
        });
    return quoted.append('"').toString();
  }
}
