package io.multijob.sandbox.api.select;

import java.util.Map;
import java.util.Set;

/// One demand that a label selector makes.
sealed interface Requirement {

  boolean isMetBy(Map<String, String> labels);

  /// The label is there.
  record Exists(String key) implements Requirement {
    @Override
    public boolean isMetBy(Map<String, String> labels) {
      return labels.containsKey(key);
    }
  }

  /// The label is not there.
  record DoesNotExist(String key) implements Requirement {
    @Override
    public boolean isMetBy(Map<String, String> labels) {
      return !labels.containsKey(key);
    }
  }

  /// The label is there and has one of the values.
  record In(String key, Set<String> values) implements Requirement {
    public In {
      values = Set.copyOf(values);
    }

    @Override
    public boolean isMetBy(Map<String, String> labels) {
      String value = labels.get(key);
      return value != null && values.contains(value);
    }
  }

  /// The label is absent or has none of the values.
  record NotIn(String key, Set<String> values) implements Requirement {
    public NotIn {
      values = Set.copyOf(values);
    }

    @Override
    public boolean isMetBy(Map<String, String> labels) {
      String value = labels.get(key);
      return value == null || !values.contains(value);
    }
  }

  /// The label is a whole number above `bound`.
  record GreaterThan(String key, long bound) implements Requirement {
    @Override
    public boolean isMetBy(Map<String, String> labels) {
      return WholeNumber.of(labels.getOrDefault(key, "")).filter(n -> n > bound).isPresent();
    }
  }

  /// The label is a whole number below `bound`.
  record LessThan(String key, long bound) implements Requirement {
    @Override
    public boolean isMetBy(Map<String, String> labels) {
      return WholeNumber.of(labels.getOrDefault(key, "")).filter(n -> n < bound).isPresent();
    }
  }
}
