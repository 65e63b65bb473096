package io.multijob.servo.policy;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// The namespaces whose pods a policy is for, by name.
///
/// @param operator how Kubernetes' selectors call it
/// @param names sorted, at least one
public record PolicyNamespaces(Operator operator, List<String> names) {
  private static final String SYSTEM = "kube-system";

  public PolicyNamespaces {
    if (names.isEmpty()) {
      throw new IllegalArgumentException("expected at least one namespace");
    }
    names = List.copyOf(names);
  }

  /// Whether the names are those that are meant, or those that are not.
  public enum Operator {
    IN("In"),
    NOT_IN("NotIn");

    private final String word;

    Operator(String word) {
      this.word = word;
    }

    @Override
    public String toString() {
      return word;
    }
  }

  /// These.
  public static PolicyNamespaces of(Set<String> names) {
    return new PolicyNamespaces(Operator.IN, List.copyOf(new TreeSet<>(names)));
  }

  /// All but the system's and the servo's own.
  public static PolicyNamespaces allBut(String own) {
    return new PolicyNamespaces(Operator.NOT_IN, List.copyOf(new TreeSet<>(List.of(SYSTEM, own))));
  }
}
