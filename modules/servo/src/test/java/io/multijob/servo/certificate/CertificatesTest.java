package io.multijob.servo.certificate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multijob.http.HttpListener;
import io.multijob.http.Limits;
import io.multijob.http.Response;
import io.multijob.servo.kubernetes.KubernetesApi;
import io.multijob.servo.kubernetes.Pem;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class CertificatesTest {
  private static final String BY_SERVICE =
      """
      {"webhooks": [{"name": "pods.servo.optune.io", "clientConfig":
        {"service": {"namespace": "tools", "name": "servo"}}}]}
      """;

  private static final Keeping IN_SECRET = new Keeping.InSecret("tools", Keeping.DEFAULT_NAME);

  @TempDir private Path directory = Path.of("");

  private final SettableClock clock = new SettableClock(InstantSource.system().instant());
  private final AdmissionApiServer server = new AdmissionApiServer();
  private KubernetesApi api = server.client(Files.createTempDirectory("unused"));

  CertificatesTest() throws IOException {}

  @BeforeEach
  void connect() throws IOException {
    api.close();
    api = server.client(directory);
  }

  @AfterEach
  void stop() {
    api.close();
    server.close();
  }

  @Test
  void keepsThemInASecretAndHasTheApiServerTrustThem() throws Exception {
    server.configure(BY_SERVICE);
    Certificates certificates = certificates(IN_SECRET);

    certificates.pass();

    assertThat(server.secret().orElseThrow().path("type").asString(""))
        .isEqualTo("kubernetes.io/tls");
    assertThat(server.bundle(0)).isEqualTo(inSecret("ca.crt"));
    assertThat(shown(certificates)).isEqualTo(certificate("tls.crt"));
    assertThat(ServerNames.of(shown(certificates)).names()).contains("servo.tools.svc");
    assertThat(certificates.problem()).isEmpty();
    assertThat(certificates.note()).contains("trusts us");
  }

  @Test
  void writesNothingWhenAllIsWell() throws Exception {
    server.configure(BY_SERVICE);
    Certificates certificates = certificates(IN_SECRET);
    certificates.pass();
    int writes = server.writes().size();

    certificates.pass();
    certificates(IN_SECRET).pass();

    assertThat(server.writes()).hasSize(writes).hasSize(2);
  }

  @Test
  void replicasThatMakeThemAtOnceShowTheSame() throws Exception {
    server.configure(BY_SERVICE);
    List<Certificates> replicas =
        List.of(certificates(IN_SECRET), certificates(IN_SECRET), certificates(IN_SECRET));
    CyclicBarrier together = new CyclicBarrier(replicas.size());

    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<X509Certificate>> all =
          replicas.stream()
              .map(replica ->
                  threads.submit(() -> {
                    together.await();
                    replica.pass();
                    return shown(replica);
                  }))
              .toList();
      for (Future<X509Certificate> each : all) {
        assertThat(each.get()).isEqualTo(certificate("tls.crt"));
      }
    }
    assertThat(server.bundle(0)).isEqualTo(inSecret("ca.crt"));
  }

  @Test
  void takesWhatAnotherReplicaHasRenewed() throws Exception {
    server.configure(BY_SERVICE);
    Certificates one = certificates(IN_SECRET);
    Certificates other = certificates(IN_SECRET);
    one.pass();
    other.pass();
    clock.advance(Duration.ofDays(61));

    other.pass();
    one.pass();

    assertThat(shown(one)).isEqualTo(shown(other)).isEqualTo(certificate("tls.crt"));
  }

  @Test
  void fillsASecretThatIsEmptyAndLeavesItsLabels() throws Exception {
    server.put(
        """
        {"metadata": {"name": "servo-admission", "labels": {"app": "theirs"}},
         "type": "kubernetes.io/tls", "data": {"tls.crt": "", "tls.key": ""}}
        """);

    certificates(IN_SECRET).pass();

    assertThat(certificate("tls.crt")).isNotNull();
    assertThat(server.secret().orElseThrow().at("/metadata/labels/app").asString(""))
        .isEqualTo("theirs");
  }

  @Test
  void leavesASecretOfSomebodyElseAlone() {
    server.put(
        "{\"metadata\": {\"name\": \"servo-admission\"}, \"data\": {\"password\": \"eA==\"}}");
    Certificates certificates = certificates(IN_SECRET);

    assertThatThrownBy(certificates::pass)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("Secret tools/servo-admission is not one of ours");
    assertThat(server.writes()).isEmpty();
  }

  @Test
  void makesOneOfOursThatIsDamagedAnew() throws Exception {
    certificates(IN_SECRET).pass();
    server.put(
        """
        {"metadata": {"labels": {"app.kubernetes.io/managed-by": "servo"}},
         "data": {"tls.crt": "eA==", "tls.key": "eA==", "ca.crt": "eA==", "ca.key": "eA=="}}
        """);
    Certificates certificates = certificates(IN_SECRET);

    certificates.pass();

    assertThat(shown(certificates)).isEqualTo(certificate("tls.crt"));
  }

  @Test
  void saysWhyThereIsNoneWhereTheSecretIsForbidden() {
    server.forbid("POST", "/secrets");
    Certificates certificates = certificates(IN_SECRET);

    assertThatThrownBy(certificates::pass)
        .hasMessage("Secret tools/servo-admission cannot be written: 403: you may not");
    assertThat(certificates.identity()).isEmpty();
    assertThat(certificates.problem().orElse("")).startsWith("no certificate");
  }

  @Test
  void standsWithoutTheConfigurationAndIsTrustedOnceItIsThere() throws Exception {
    Certificates certificates =
        certificates(new Keeping.InDirectory(directory.resolve("admission")));

    certificates.pass();

    assertThat(certificates.problem()).isEmpty();
    assertThat(certificates.note()).contains("servo.optune.io is not there");
    assertThat(ServerNames.of(shown(certificates))).isEqualTo(ServerNames.LOOPBACK);

    server.configure(BY_SERVICE);
    certificates.pass();

    assertThat(ServerNames.of(shown(certificates)).names()).contains("servo.tools.svc");
    assertThat(server.bundle(0)).isNotEmpty();
  }

  @Test
  void triesAgainWhereItMayNotSayWhomToTrust() throws Exception {
    server.configure(BY_SERVICE);
    server.forbid("PATCH", "/mutatingwebhookconfigurations");
    Certificates certificates = certificates(IN_SECRET);

    certificates.pass();

    assertThat(certificates.note()).contains("cannot be given our authority: you may not");
    assertThat(certificates.problem()).isEmpty();

    server.allowAll();
    certificates.pass();

    assertThat(server.bundle(0)).isEqualTo(inSecret("ca.crt"));
  }

  @Test
  void theSameAuthorityVouchesAfterARestart() throws Exception {
    server.configure(BY_SERVICE);
    Keeping keeping = new Keeping.InDirectory(directory.resolve("admission"));
    Certificates first = certificates(keeping);
    first.pass();

    Certificates second = certificates(keeping);
    second.pass();

    assertThat(second.identity()).isEqualTo(first.identity());
    assertThat(server.writes()).hasSize(1);
  }

  @Test
  void saysThatTheCertificateHasEndedWhenItCouldNotBeRenewed() throws Exception {
    Certificates certificates = certificates(IN_SECRET);
    certificates.pass();
    server.forbid("GET", "/secrets");
    clock.advance(Duration.ofDays(91));

    assertThatThrownBy(certificates::pass).isInstanceOf(IOException.class);

    assertThat(certificates.identity()).isPresent();
    assertThat(certificates.problem().orElse("")).startsWith("the certificate ended at ");
  }

  @Test
  void readsGivenFilesAgainAndKeepsTheOldPairWhileTheyDoNotMatch() throws Exception {
    KeySet old = keys();
    KeySet next = keys();
    Path certificate = directory.resolve("tls.crt");
    Path key = directory.resolve("tls.key");
    Files.writeString(certificate, Pem.of(old.leaf().certificate()));
    Files.writeString(key, Pem.of(old.leaf().key()));
    Certificates certificates = certificates(new Keeping.Given(certificate, key));
    certificates.pass();

    Files.writeString(certificate, Pem.of(next.leaf().certificate()));

    assertThatThrownBy(certificates::pass)
        .hasMessageStartingWith(key + ": the private key is not that of the certificate of");
    assertThat(certificates.identity()).contains(old.identity());

    Files.writeString(key, Pem.of(next.leaf().key()));
    certificates.pass();

    assertThat(certificates.identity()).contains(next.identity());
    assertThat(server.writes()).isEmpty();
  }

  @Test
  void saysWhichGivenFileIsMissing() {
    Path missing = directory.resolve("none.crt");

    assertThatThrownBy(certificates(new Keeping.Given(missing, missing))::pass)
        .hasMessage(missing + ": no such file");
  }

  @Test
  void aClientThatTrustsTheBundleIsServedThroughARenewal() throws Exception {
    server.configure(
        "{\"webhooks\": [{\"name\": \"w\", \"clientConfig\": {\"url\": \"https://127.0.0.1\"}}]}");
    Certificates certificates = certificates(IN_SECRET);
    try (HttpListener listener =
        HttpListener.bindTls(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            Limits.DEFAULT,
            certificates::identity,
            request -> Response.text(200, "served"))) {
      listener.start();
      certificates.pass();
      X509Certificate first = shown(certificates);
      assertThat(askTrusting(server.bundle(0), listener)).isEqualTo("served");

      server.configure(
          "{\"webhooks\": [{\"name\": \"w\", \"clientConfig\": {\"url\": \"https://a.example\"}}]}");
      certificates.pass();

      assertThat(shown(certificates)).isNotEqualTo(first);
      assertThat(askTrusting(server.bundle(0), listener)).isEqualTo("served");
    }
  }

  @Test
  void itsOwnThreadMakesThemAndEnds() throws Exception {
    server.configure(BY_SERVICE);
    Certificates certificates =
        new Certificates(
            Certificates.source(api, IN_SECRET, Lifetimes.DEFAULT, clock),
            clock,
            Duration.ofMillis(1));

    certificates.start();
    while (server.bundle(0).isEmpty() || certificates.identity().isEmpty()) {
      Thread.onSpinWait();
    }
    certificates.close();

    assertThat(certificates.problem()).isEmpty();
  }

  private Certificates certificates(Keeping keeping) {
    return new Certificates(api, keeping, clock);
  }

  private KeySet keys() throws Exception {
    return new KeyKeeper(new MemoryShelf(), Lifetimes.DEFAULT, clock).keys(Optional.empty());
  }

  private static X509Certificate shown(Certificates certificates) {
    return certificates.identity().orElseThrow().chain().getFirst();
  }

  private String inSecret(String field) {
    return server.secret().orElseThrow().path("data").path(field).asString("");
  }

  private X509Certificate certificate(String field) throws IOException {
    return Pem.certificates(decoded(inSecret(field))).getFirst();
  }

  private static String decoded(String base64) {
    return new String(Base64.getDecoder().decode(base64), UTF_8);
  }

  private static String askTrusting(String bundle, HttpListener listener) throws Exception {
    KeyStore trusted = KeyStore.getInstance("JKS");
    trusted.load(null, null);
    for (X509Certificate authority : Pem.certificates(decoded(bundle))) {
      trusted.setCertificateEntry("authority-" + trusted.size(), authority);
    }
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    try (HttpClient client = HttpClient.newBuilder().sslContext(context).build()) {
      return client
          .send(
              HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + listener.port())).build(),
              HttpResponse.BodyHandlers.ofString())
          .body();
    }
  }
}
