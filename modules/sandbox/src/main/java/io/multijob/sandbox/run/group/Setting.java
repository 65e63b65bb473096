package io.multijob.sandbox.run.group;

/// What is written into one of a group's files.
///
/// @param need whether a group without it is no use
record Setting(String file, String value, Need need) {

  enum Need {
    /// Refused: the container must not run, as it would without its limit.
    REQUIRED,
    /// The kernel may be built without it, or the machine has no swap.
    WHERE_THERE
  }

  static Setting required(String file, long value) {
    return new Setting(file, Long.toString(value), Need.REQUIRED);
  }

  static Setting whereThere(String file, long value) {
    return new Setting(file, Long.toString(value), Need.WHERE_THERE);
  }
}
