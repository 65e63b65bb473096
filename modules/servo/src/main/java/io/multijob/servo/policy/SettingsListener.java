package io.multijob.servo.policy;

/// Is told what becomes of kept settings, for metrics. Called by many threads; must not block.
public interface SettingsListener {

  /// An attempt to write those of a namespace has ended.
  ///
  /// @param result `written`, `unchanged`, `gone`, `denied`, `refused` or `later`
  void attempted(String result);

  /// An app's settings are not kept.
  void left(Cause cause);

  /// Why settings are not kept.
  enum Cause {
    /// The app's id cannot be the name of an annotation.
    NO_NAME,
    /// There was no room in the namespace's annotations, nor by letting older ones go.
    NO_ROOM,
    /// They were let go for those of another app.
    OLDEST,
    /// Too many changes wait to be written.
    NO_PLACE
  }
}
