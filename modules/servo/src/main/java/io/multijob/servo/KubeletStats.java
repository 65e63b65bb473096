package io.multijob.servo;

import java.util.Locale;

/// Which kubelets are asked for figures.
public enum KubeletStats {
  /// Those that the cluster's authority vouches for.
  VERIFY,
  /// Any: who answers at a node's address gets our token.
  INSECURE,
  OFF;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
