package io.multijob.servo.mark;

/// Is told what becomes of marks, for metrics. Called by many threads; must not block.
public interface MarkListener {

  /// An attempt has ended.
  ///
  /// @param mark `hold`, `let_go` or `reported`
  /// @param result `written`, `gone`, `denied`, `refused` or `later`
  void attempted(String mark, String result);

  /// There was no place for one more: the pod stays as it is until it is seen again.
  void dropped();
}
