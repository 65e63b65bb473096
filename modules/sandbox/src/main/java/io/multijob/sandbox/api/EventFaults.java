package io.multijob.sandbox.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.multijob.http.Request;
import io.multijob.sandbox.api.object.ApiError;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

/// The faults of one watch.
record EventFaults(Faults faults, Request request) {
  private static final byte[] GARBAGE = "\u0000\u001b}{ no event\n".getBytes(UTF_8);

  /// Lets go wrong what is to go wrong before an event.
  ///
  /// @return whether the event is still to be sent
  /// @throws IOException to break the connection off
  boolean beforeEvent(OutputStream out, byte[] head, byte[] object)
      throws IOException, InterruptedException {
    Optional<Fault.OnEvent> fault = faults.onEvent(request);
    if (fault.isEmpty()) {
      return true;
    }
    switch (fault.get()) {
      case Fault.EventDelay delay -> Thread.sleep(delay.duration());
      case Fault.Garbage() -> out.write(GARBAGE);
      case Fault.End() -> {
        return false;
      }
      case Fault.EventExpiry() -> throw ApiError.expired("too old resource version, on demand");
      case Fault.Cut() -> {
        out.write(head);
        out.write(object, 0, object.length / 2);
        out.flush();
        throw new IOException("cut off on demand");
      }
    }
    return true;
  }
}
