package io.multijob.servo;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.multijob.protocol.Annotation;
import io.multijob.protocol.Annotations;
import io.multijob.protocol.EventJson;
import io.multijob.protocol.Measurement;
import io.multijob.servo.mark.PodMarker;
import io.multijob.servo.pod.PodRef;
import io.multijob.servo.report.Delivery;
import io.multijob.servo.report.DeliveryListener;
import io.multijob.servo.report.Report;
import java.time.Duration;
import java.util.function.Consumer;

/// Has a pod marked when the service has acknowledged its run, and not before.
///
/// @param others are told of whatever it has acknowledged
///
///   Thread-safe.
record Acknowledgements(DeliveryListener next, PodMarker marker, Consumer<Report> others)
    implements DeliveryListener {

  @Override
  public void attempted(Delivery delivery, Duration waited, Duration took) {
    next.attempted(delivery, waited, took);
  }

  @Override
  public void told(String event, Delivery last) {
    next.told(event, last);
  }

  @Override
  public void delivered(Report report) {
    next.delivered(report);
    others.accept(report);
    if (EventJson.read(report.body().getBytes(UTF_8))
        instanceof Measurement(var outcome, Annotations annotations)) {
      String namespace = annotations.get(Annotation.NAMESPACE).orElse("");
      String pod = annotations.get(Annotation.POD).orElse("");
      if (!namespace.isEmpty() && !pod.isEmpty()) {
        marker.reported(new PodRef(report.id(), namespace, pod));
      }
    }
  }
}
