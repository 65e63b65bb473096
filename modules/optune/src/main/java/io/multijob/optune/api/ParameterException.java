package io.multijob.optune.api;

/// A query parameter that cannot be understood. Its message is for the client.
final class ParameterException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String parameter;

  ParameterException(String parameter, String problem) {
    super(parameter + ": " + problem);
    this.parameter = parameter;
  }

  String parameter() {
    return parameter;
  }
}
