package io.multijob.servo;

import java.util.Locale;

/// Which kubelets are asked for figures.
public enum KubeletStats {
  /// Those that the cluster's authority vouches for.
  VERIFY,
  /// Any: who answers at a node's address gets our token.
  INSECURE,
  OFF;

  /// What `text` names.
  ///
  /// @throws IllegalArgumentException if it names none
  static KubeletStats parse(String text) {
    for (KubeletStats value : values()) {
      if (value.toString().equals(text.toLowerCase(Locale.ROOT))) {
        return value;
      }
    }
    throw new IllegalArgumentException("expected verify, insecure or off, found \"" + text + '"');
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
