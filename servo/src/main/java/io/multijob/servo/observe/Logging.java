package io.multijob.servo.observe;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.LayoutBase;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import java.nio.charset.StandardCharsets;
import org.slf4j.LoggerFactory;

/// Sets up what is logged and in which form, for the whole process: lines on standard error.
public final class Logging {

  private Logging() {}

  /// How much is logged.
  public enum Verbosity {
    /// Only what a person must act on.
    QUIET,
    INFO,
    DEBUG
  }

  /// In which form.
  public enum Format {
    /// A line for a person: time, level, message, then keys and values.
    TEXT,
    /// One JSON object a line.
    JSON
  }

  /// Takes the place of whatever was set up before.
  public static void configure(Verbosity verbosity, Format format) {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    context.reset();
    LayoutBase<ILoggingEvent> layout =
        switch (format) {
          case TEXT -> new TextLines();
          case JSON -> new JsonLines();
        };
    layout.setContext(context);
    layout.start();
    LayoutWrappingEncoder<ILoggingEvent> encoder = new LayoutWrappingEncoder<>();
    encoder.setContext(context);
    encoder.setCharset(StandardCharsets.UTF_8);
    encoder.setLayout(layout);
    encoder.start();
    ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
    appender.setContext(context);
    appender.setTarget("System.err");
    appender.setEncoder(encoder);
    appender.start();
    context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).setLevel(Level.WARN);
    context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).addAppender(appender);
    context.getLogger("io.multijob").setLevel(level(verbosity));
  }

  private static Level level(Verbosity verbosity) {
    return switch (verbosity) {
      case QUIET -> Level.ERROR;
      case INFO -> Level.INFO;
      case DEBUG -> Level.DEBUG;
    };
  }
}
