package io.multijob.http;

import java.time.Duration;

/// What an [HttpListener] accepts at most. A request that takes longer than 30 s to arrive is cut
/// off in any case.
///
/// @param maxBodyBytes size of a request's body; a longer one is answered with 413
/// @param maxRequests requests in progress at one time; one more is answered with 503
/// @param stopTime how long a stop waits for the answers in progress
public record Limits(int maxBodyBytes, int maxRequests, Duration stopTime) {

  /// 1 MiB of body, 1,000 requests at a time, 1 s to stop.
  public static final Limits DEFAULT = new Limits(1 << 20, 1_000, Duration.ofSeconds(1));

  public Limits {
    if (maxBodyBytes < 0 || maxRequests < 1) {
      throw new IllegalArgumentException(
          "limits that let nothing in: " + maxBodyBytes + " bytes, " + maxRequests + " requests");
    }
  }

  public Limits withMaxBodyBytes(int bytes) {
    return new Limits(bytes, maxRequests, stopTime);
  }

  public Limits withMaxRequests(int requests) {
    return new Limits(maxBodyBytes, requests, stopTime);
  }
}
