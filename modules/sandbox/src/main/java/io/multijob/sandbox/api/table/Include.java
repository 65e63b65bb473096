package io.multijob.sandbox.api.table;

/// What a row carries beside its cells.
public enum Include {
  NONE,
  METADATA,
  OBJECT
}
