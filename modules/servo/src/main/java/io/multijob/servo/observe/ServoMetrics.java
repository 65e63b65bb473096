package io.multijob.servo.observe;

import io.multijob.http.Request;
import io.multijob.http.Response;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Info;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.InstantSource;
import java.util.function.DoubleSupplier;

/// The servo's metrics, in a registry of their own. Their labels are few and bounded: no pod and no
/// app is among them.
///
/// Thread-safe.
public final class ServoMetrics {
  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final ExpositionFormats formats = ExpositionFormats.init();
  private final WatchMetrics watches = new WatchMetrics(registry);
  private final RunMetrics runs;
  private final DeliveryMetrics deliveries = new DeliveryMetrics(registry);
  private final MarkMetrics marks = new MarkMetrics(registry);
  private final SettingsMetrics settings = new SettingsMetrics(registry);
  private final AdmissionMetrics admission = new AdmissionMetrics(registry);
  private final InitializerMetrics initializers = new InitializerMetrics(registry);
  private final ConversationMetrics conversations = new ConversationMetrics(registry);
  private final KubeletMetrics kubelets = new KubeletMetrics(registry);
  private final RestraintMetrics restraints = new RestraintMetrics(registry);

  /// @param version the servo's
  /// @param clock what the end of a run is compared with
  public ServoMetrics(String version, InstantSource clock) {
    this.runs = new RunMetrics(registry, clock);
    Info.builder()
        .name("servo_build_info")
        .help("The version that runs.")
        .labelNames("version")
        .register(registry)
        .setLabelValues(version);
  }

  public WatchMetrics watches() {
    return watches;
  }

  public RunMetrics runs() {
    return runs;
  }

  public DeliveryMetrics deliveries() {
    return deliveries;
  }

  public MarkMetrics marks() {
    return marks;
  }

  public SettingsMetrics settings() {
    return settings;
  }

  public AdmissionMetrics admission() {
    return admission;
  }

  public InitializerMetrics initializers() {
    return initializers;
  }

  public ConversationMetrics conversations() {
    return conversations;
  }

  public KubeletMetrics kubelets() {
    return kubelets;
  }

  public RestraintMetrics restraints() {
    return restraints;
  }

  /// Adds a value that is read at each scrape.
  public void gauge(String name, String help, DoubleSupplier value) {
    GaugeWithCallback.builder()
        .name(name)
        .help(help)
        .callback(callback -> callback.call(value.getAsDouble()))
        .register(registry);
  }

  /// The answer to a scrape, in the format that it prefers of those that we write.
  Response scrape(Request request) throws IOException {
    ExpositionFormatWriter writer = formats.findWriter(request.header("Accept").orElse(""));
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    writer.write(body, registry.scrape());
    return Response.of(200, writer.getContentType(), body.toByteArray());
  }
}
