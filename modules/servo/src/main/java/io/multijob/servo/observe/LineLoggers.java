package io.multijob.servo.observe;

import io.multijob.servo.observe.Logging.Format;
import io.multijob.servo.observe.Logging.Verbosity;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.ILoggerFactory;
import org.slf4j.Logger;
import org.slf4j.event.Level;
import org.slf4j.event.LoggingEvent;

/// All loggers of the process, and what they log in which form.
///
/// Thread-safe.
final class LineLoggers implements ILoggerFactory {
  private static final String OURS = "io.multijob.";

  private final InstantSource clock = InstantSource.system(); // SLF4J sets no time
  private final Map<String, Logger> loggers = new ConcurrentHashMap<>();
  private final PrintStream out =
      new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);

  private volatile Settings settings = Settings.of(Verbosity.INFO, Format.TEXT);

  /// What is logged, and how.
  ///
  /// @param ours from which level on what this project says is logged
  /// @param others from which level on what the libraries say is logged
  private record Settings(Level ours, Level others, LineFormat format) {

    static Settings of(Verbosity verbosity, Format format) {
      LineFormat lines =
          switch (format) {
            case TEXT -> TextFormat.ofStandardError();
            case JSON -> new JsonFormat();
          };
      return switch (verbosity) {
        case QUIET -> new Settings(Level.ERROR, Level.ERROR, lines);
        case INFO -> new Settings(Level.INFO, Level.WARN, lines);
        case DEBUG -> new Settings(Level.DEBUG, Level.INFO, lines);
      };
    }
  }

  void configure(Verbosity verbosity, Format format) {
    settings = Settings.of(verbosity, format);
  }

  @Override
  public Logger getLogger(String name) {
    return loggers.computeIfAbsent(name, absent -> new LineLogger(absent, this));
  }

  /// Whether what a logger says at a level is logged.
  boolean logs(String logger, Level level) {
    Settings now = settings;
    Level least = logger.startsWith(OURS) ? now.ours() : now.others();
    return level.toInt() >= least.toInt();
  }

  /// Writes the event as a line, in one piece.
  void write(LoggingEvent event) {
    out.print(settings.format().line(event, Instant.ofEpochMilli(clock.millis())));
  }
}
