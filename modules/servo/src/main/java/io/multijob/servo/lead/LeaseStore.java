package io.multijob.servo.lead;

import java.io.IOException;

/// Where a Lease is kept.
interface LeaseStore {

  /// The lease as it is; [Lease#ABSENT] where there is none.
  ///
  /// @throws IOException if nobody knows, or we may not read it
  Lease read() throws IOException, InterruptedException;

  /// Writes the lease over the version that it was read with.
  ///
  /// @return false when another has written meanwhile
  /// @throws IOException if nobody knows, or we may not write it
  boolean write(Lease lease) throws IOException, InterruptedException;
}
