package io.multijob.protocol;

/// What one run cost, and how it ended.
public record Measurement(Outcome outcome, Annotations annotations) implements Event {}
