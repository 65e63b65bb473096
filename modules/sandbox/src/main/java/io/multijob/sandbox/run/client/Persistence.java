package io.multijob.sandbox.run.client;

import io.multijob.sandbox.run.backoff.Backoff;
import java.io.IOException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Repeats a request until the API server has answered for good.
public final class Persistence {
  private static final Logger LOG = LoggerFactory.getLogger(Persistence.class);

  /// How long to wait after failures in a row.
  public static final Backoff BACKOFF = new Backoff(Duration.ofMillis(50), Duration.ofSeconds(5));

  private Persistence() {}

  /// A request that may be sent more than once.
  @FunctionalInterface
  public interface Call {
    Answer send() throws IOException, InterruptedException;
  }

  /// The answer that is not a temporary refusal.
  public static Answer untilAnswered(Call call) throws InterruptedException {
    for (int failures = 1; ; failures++) {
      try {
        Answer answer = call.send();
        if (!(answer instanceof Answer.Refused refused && refused.isTemporary())) {
          return answer;
        }
        LOG.atDebug().addKeyValue("reason", refused).log("API server refused for now");
      } catch (IOException e) {
        LOG.atDebug().setCause(e).log("API server cannot be asked");
      }
      Thread.sleep(BACKOFF.afterFailures(failures));
    }
  }
}
