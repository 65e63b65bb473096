package io.multijob.servo.check;

import io.multijob.protocol.Hello;
import io.multijob.servo.ServoConfig.ServiceSettings;
import io.multijob.servo.report.Delivery;
import io.multijob.servo.report.OptuneClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/// Whether the service is there and takes our token. It is told HELLO, as by a servo that starts.
final class ServiceCheck {
  private static final Duration TIME = Duration.ofSeconds(10);
  private static final String SUBJECT = "service";

  private final ServiceSettings service;

  ServiceCheck(ServiceSettings service) {
    this.service = service;
  }

  Finding finding(String version) throws InterruptedException {
    Hello hello = new Hello(service.account(), "servo-check", version, List.of());
    try (OptuneClient client =
        new OptuneClient(
            service.url(), service.token(), "servo-check/" + version, InstantSource.system())) {
      return switch (client.tell(hello, TIME)) {
        case Delivery.Accepted() -> Finding.ok(SUBJECT, "takes events at " + service.url());
        case Delivery.Refused(String reason) ->
            Finding.fails(
                SUBJECT,
                "%s refuses us: %s; see OPTUNE_URL, OPTUNE_ACCOUNT and OPTUNE_AUTH_TOKEN"
                    .formatted(service.url(), reason));
        case Delivery.Unreachable(String reason, Duration pause) ->
            Finding.fails(
                SUBJECT,
                "%s cannot be reached: %s; see OPTUNE_URL and the network policies"
                    .formatted(service.url(), reason));
      };
    }
  }
}
