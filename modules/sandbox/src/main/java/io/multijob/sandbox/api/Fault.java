package io.multijob.sandbox.api;

import io.multijob.http.Request;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.function.Predicate;

/// Something that goes wrong, when, and how often.
///
/// @param requests that it can happen to; see [Requests]
/// @param skip how many of those (or of their events) go well first
/// @param times how often it happens then
public record Fault(Predicate<Request> requests, int skip, int times, Effect effect) {

  /// What goes wrong.
  public sealed interface Effect permits OnRequest, OnEvent {}

  /// Happens when a request arrives.
  public sealed interface OnRequest extends Effect {}

  /// Happens in place of, or before, the next event of a watch.
  public sealed interface OnEvent extends Effect {}

  /// The answer comes late.
  public record Delay(Duration duration) implements OnRequest {}

  /// The answer is a `Status` with this code.
  ///
  /// @param retryAfterSeconds for the header `Retry-After`
  public record Refusal(int code, OptionalInt retryAfterSeconds) implements OnRequest {}

  /// What the client knows is too old: a watch gets an ERROR event in a stream that begins well,
  /// everything else a 410.
  public record Expiry() implements OnRequest {}

  /// The connection breaks before anything of the answer's body has come.
  public record HangUp() implements OnRequest {}

  /// The next event comes late.
  public record EventDelay(Duration duration) implements OnEvent {}

  /// The connection breaks in the middle of the next event.
  public record Cut() implements OnEvent {}

  /// A line that is no event comes before the next one.
  public record Garbage() implements OnEvent {}

  /// The stream ends well, with the next event left out.
  public record End() implements OnEvent {}

  /// The stream ends with an ERROR event, code 410, in place of the next one.
  public record EventExpiry() implements OnEvent {}

  public Fault {
    if (skip < 0 || times < 1) {
      throw new IllegalArgumentException("skips " + skip + ", happens " + times + " times");
    }
  }

  /// The fault that happens once, to the next of the requests.
  public static Fault once(Predicate<Request> requests, Effect effect) {
    return new Fault(requests, 0, 1, effect);
  }

  public static Effect refusal(int code) {
    return new Refusal(code, OptionalInt.empty());
  }

  public static Effect refusal(int code, int retryAfterSeconds) {
    return new Refusal(code, OptionalInt.of(retryAfterSeconds));
  }

  public Fault after(int others) {
    return new Fault(requests, others, times, effect);
  }

  public Fault times(int number) {
    return new Fault(requests, skip, number, effect);
  }
}
