package io.multijob.servo.observe;

import org.slf4j.ILoggerFactory;
import org.slf4j.LoggerFactory;

/// Says what is logged and in which form, for the whole process: lines on standard error.
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

  /// Takes the place of whatever held before; at first it is INFO as text. Changes nothing where
  /// SLF4J has found another provider than ours.
  public static void configure(Verbosity verbosity, Format format) {
    ILoggerFactory factory = LoggerFactory.getILoggerFactory();
    if (factory instanceof LineLoggers loggers) {
      loggers.configure(verbosity, format);
    }
  }
}
