package io.multijob.protocol;

/// The servo stops.
///
/// @param account whose servo it is; empty if it has none
/// @param reason `signal 15`, `exit`, or text for a person
public record Goodbye(String account, String reason) implements Event {}
