package io.multijob.cli;

import io.multijob.servo.observe.Logging;

/// What is logged, and how, by the parts that do not read these settings themselves.
final class LogOptions {

  private LogOptions() {}

  /// More where `OPTUNE_DEBUG` is set and not 0.
  static Logging.Verbosity verbosity() {
    return isDebug() ? Logging.Verbosity.DEBUG : Logging.Verbosity.INFO;
  }

  /// As [#verbosity()], but otherwise only what a person must act on.
  static Logging.Verbosity verbosityOfDemo() {
    return isDebug() ? Logging.Verbosity.DEBUG : Logging.Verbosity.QUIET;
  }

  /// JSON where `LOG_FORMAT` says so.
  static Logging.Format format() {
    return setting("LOG_FORMAT", "text").equals("json") ? Logging.Format.JSON : Logging.Format.TEXT;
  }

  private static boolean isDebug() {
    return !setting("OPTUNE_DEBUG", "0").equals("0");
  }

  private static String setting(String name, String standard) {
    return System.getenv().getOrDefault(name, standard);
  }
}
