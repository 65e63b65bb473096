package io.multijob.protocol;

/// A pod of the app is about to start: what should be done with it?
public record WhatsNext() implements Event {}
