package io.multijob.servo.conversation;

/// How a conversation ended.
public enum Ending {
  /// The service said what it wants.
  ANSWERED,
  /// The service said something that is not of the protocol.
  GARBLED,
  /// The service refused to answer, was not reached, or we failed.
  FAILED,
  /// The budget was over.
  LATE,
  /// The service is not waited for at present, or too many conversations are held already.
  NOT_HELD
}
