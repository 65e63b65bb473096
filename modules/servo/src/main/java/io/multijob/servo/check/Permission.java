package io.multijob.servo.check;

import java.util.List;

/// Something that the servo has to be allowed.
///
/// @param feature what it is for, in a word or two
/// @param need what becomes of the servo without it
/// @param verbs such as `list`
/// @param group the API group, empty for the core
/// @param resource plural, with its subresource: `nodes/stats`
/// @param namespace empty for the whole cluster
/// @param name of the one object that it is about; empty for any
record Permission(
    String feature,
    Need need,
    List<String> verbs,
    String group,
    String resource,
    String namespace,
    String name) {

  Permission {
    verbs = List.copyOf(verbs);
  }

  /// What becomes of the servo without it.
  enum Need {
    /// The feature that was asked for does not work.
    NEEDED,
    /// Something is known less well, or said to fewer people.
    HELPFUL
  }

  /// `patch pods in batch`
  String words(String verb) {
    String where = namespace.isEmpty() ? " in the whole cluster" : " in " + namespace;
    return verb + " " + resource + (name.isEmpty() ? "" : " " + name) + where;
  }
}
