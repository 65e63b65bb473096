package io.multijob.cli;

/// How the command says how it went.
final class ExitCode {
  static final int STOPPED = 0;
  static final int FAILED = 1;
  static final int CONFIGURATION = 2;

  private ExitCode() {}
}
