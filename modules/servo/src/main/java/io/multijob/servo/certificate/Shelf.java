package io.multijob.servo.certificate;

import java.io.IOException;
import java.util.Optional;

/// Where a key set is kept.
interface Shelf {

  /// What is kept there, and as of when.
  ///
  /// @param version guards against another's writing; empty where nothing is there yet
  /// @param keys empty where there are none, or only such that cannot be used
  record Kept(String version, Optional<KeySet> keys) {
    static final Kept NOTHING = new Kept("", Optional.empty());
  }

  /// What is there now.
  ///
  /// @throws IOException if nobody knows, we may not read it, or it is somebody else's
  Kept read() throws IOException, InterruptedException;

  /// Keeps the keys in place of the version that was read.
  ///
  /// @return false when another has written meanwhile
  /// @throws IOException if they could not be kept
  boolean write(KeySet keys, String version) throws IOException, InterruptedException;
}
