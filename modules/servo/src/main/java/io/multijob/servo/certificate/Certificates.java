package io.multijob.servo.certificate;

import io.multijob.http.TlsIdentity;
import io.multijob.servo.kubernetes.KubernetesApi;
import io.multijob.servo.loop.PassLoop;
import io.multijob.servo.retry.Backoff;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The certificate that the webhook shows, always one that is good: made, renewed, or read again
/// when its files change; and where it is ours, the API server's trust in it.
///
/// A start does not wait for it: until it stands, [#identity()] is nobody and handshakes fail. What
/// cannot be renewed stays in use. A new certificate is shown only after the API server was told to
/// trust who signed it.
///
/// Thread-safe. All the work is done on one thread, its own.
public final class Certificates implements AutoCloseable {
  /// The MutatingWebhookConfiguration that leads to us.
  public static final String CONFIGURATION = "servo.optune.io";

  private static final Logger LOG = LoggerFactory.getLogger(Certificates.class);

  private static final Duration PERIOD = Duration.ofSeconds(10);
  private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30));

  private final Source source;
  private final InstantSource clock;
  private final Duration period;
  private final PassLoop loop = new PassLoop("certificates", () -> Thread.sleep(runPass()));

  private volatile Optional<TlsIdentity> identity = Optional.empty();
  private volatile String failure = "not made yet"; // why the last pass failed; empty: it did not

  private int failures; // in a row; of the thread

  /// Where an identity comes from.
  sealed interface Source {

    /// The one to show now.
    ///
    /// @throws IOException if there is none; the one before stays
    TlsIdentity current() throws IOException, InterruptedException;

    /// What else is to be said of it, for a person.
    String note();
  }

  /// Made by ourselves.
  record Made(KeyKeeper keys, TrustKeeper trust) implements Source {
    @Override
    public TlsIdentity current() throws IOException, InterruptedException {
      Optional<WebhookConfiguration> configuration = trust.read();
      KeySet current = keys.keys(configuration.map(WebhookConfiguration::names));
      if (configuration.isPresent()) {
        trust.trust(configuration.get(), current.bundle());
      }
      return current.identity();
    }

    @Override
    public String note() {
      return trust.note();
    }
  }

  /// Given by files.
  record ByFiles(GivenFiles files) implements Source {
    @Override
    public TlsIdentity current() throws IOException {
      return files.read();
    }

    @Override
    public String note() {
      return "from " + files.certificate();
    }
  }

  public Certificates(KubernetesApi api, Keeping keeping, InstantSource clock) {
    this(source(api, keeping, Lifetimes.DEFAULT, clock), clock, PERIOD);
  }

  Certificates(Source source, InstantSource clock, Duration period) {
    this.source = source;
    this.clock = clock;
    this.period = period;
  }

  static Source source(
      KubernetesApi api, Keeping keeping, Lifetimes lifetimes, InstantSource clock) {
    return switch (keeping) {
      case Keeping.InSecret(String namespace, String name) ->
          made(new SecretShelf(api, namespace, name), api, lifetimes, clock);
      case Keeping.InDirectory(var directory) ->
          made(new DirectoryShelf(directory), api, lifetimes, clock);
      case Keeping.Given(var certificate, var key) -> new ByFiles(new GivenFiles(certificate, key));
    };
  }

  private static Source made(
      Shelf shelf, KubernetesApi api, Lifetimes lifetimes, InstantSource clock) {
    return new Made(new KeyKeeper(shelf, lifetimes, clock), new TrustKeeper(api, CONFIGURATION));
  }

  public void start() {
    loop.start();
  }

  /// What to show in a handshake that begins now; nobody until there is a certificate.
  public Optional<TlsIdentity> identity() {
    return identity;
  }

  /// When the certificate that is shown ends; nothing while there is none.
  public Optional<Instant> ends() {
    return identity.map(shown -> shown.chain().getFirst().getNotAfter().toInstant());
  }

  /// Why nobody can trust us now, if that is so.
  public Optional<String> problem() {
    Optional<Instant> end = ends();
    if (end.isEmpty()) {
      return Optional.of("no certificate: " + failure);
    }
    return end.get().isAfter(clock.instant())
        ? Optional.empty()
        : Optional.of("the certificate ended at " + end.get() + because());
  }

  /// How it stands, for a person.
  public String note() {
    return "until " + ends().map(Instant::toString).orElse("?") + ", " + source.note() + because();
  }

  /// Ends the thread. What it has made is kept.
  @Override
  public void close() {
    loop.close();
  }

  private Duration runPass() throws InterruptedException {
    try {
      pass();
      if (failures > 0) {
        LOG.atInfo().log("The webhook's certificate can be kept again");
      }
      failures = 0;
      failure = "";
      return period;
    } catch (IOException | RuntimeException e) {
      String reason = String.valueOf(e.getMessage());
      if (!reason.equals(failure)) {
        LOG.atWarn().setCause(e).log("The webhook's certificate cannot be kept, will try again");
      }
      failures++;
      failure = reason;
      return BACKOFF.pause(failures, RandomGenerator.getDefault());
    }
  }

  /// Looks at what there is, renews what is due, shows what is new.
  void pass() throws IOException, InterruptedException {
    TlsIdentity current = source.current();
    if (identity.filter(current::equals).isPresent()) {
      return;
    }
    identity = Optional.of(current);
    X509Certificate shown = current.chain().getFirst();
    LOG.atInfo()
        .addKeyValue("names", ServerNames.of(shown))
        .addKeyValue("until", shown.getNotAfter().toInstant())
        .log("The webhook shows a new certificate");
  }

  private String because() {
    return failure.isEmpty() ? "" : ", cannot be renewed: " + failure;
  }
}
