package io.multijob.optune.store;

/// What became of a run that was given to the store.
public enum Acceptance {

  /// It is on disk.
  STORED,

  /// A run of its id was there already; that it came again has been counted, on disk.
  DUPLICATE,

  /// Too many runs wait to be written. Nothing has been stored; it may be given again later.
  BUSY
}
