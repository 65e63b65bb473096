package io.multijob.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
final class TlsListenerTest {
  /// So many wait for a client at the most: twice the requests.
  private static final Limits TEN_WAITS = new Limits(1 << 20, 5, Duration.ZERO);

  private static final int MANY = 200;

  /// More than the system keeps on its way between a server and a client that does not read.
  private static final byte[] LARGE = new byte[32 << 20];

  /// The beginning of a TLS record: a handshake of 512 bytes, of which two follow.
  private static final byte[] HALF_A_HELLO = {0x16, 0x03, 0x01, 0x02, 0x00, 0x01, 0x00};

  private final AtomicReference<Optional<TlsIdentity>> identity =
      new AtomicReference<>(Optional.empty());

  private final List<Socket> clients = new ArrayList<>();
  private final CountDownLatch largeAnswers = new CountDownLatch(8);
  private HttpListener listener =
      HttpListener.bindLoopback(TEN_WAITS, request -> Response.empty(404));
  private SSLContext trust = SSLContext.getDefault();

  TlsListenerTest() throws IOException, GeneralSecurityException {}

  @BeforeEach
  void trustAll() throws Exception {
    trust = TestIdentities.trusting("first", "second", "rsa");
  }

  @AfterEach
  void stop() throws IOException {
    listener.close();
    for (Socket client : clients) {
      client.close();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
  void answersOverTls(String version) throws Exception {
    listenAs("first");

    SSLSocket client = tls();
    client.setEnabledProtocols(new String[] {version});

    assertThat(ask(client)).startsWith("HTTP/1.1 200").endsWith("hello");
    assertThat(client.getSession().getProtocol()).isEqualTo(version);
  }

  @Test
  void showsAnotherCertificateWithoutARestartAndKeepsItsConnections() throws Exception {
    listenAs("first");
    SSLSocket before = tls();
    assertThat(ask(before)).endsWith("hello");

    become("second");
    SSLSocket after = tls();

    assertThat(ask(after)).endsWith("hello");
    assertThat(subject(before)).isEqualTo("CN=first");
    assertThat(subject(after)).isEqualTo("CN=second");
    assertThat(ask(before)).endsWith("hello");
  }

  @Test
  void showsACertificateWithAKeyOfAnotherKind() throws Exception {
    listenAs("first");
    become("rsa");

    SSLSocket client = tls();

    assertThat(ask(client)).endsWith("hello");
    assertThat(subject(client)).isEqualTo("CN=rsa");
  }

  @Test
  void lendsNobodyAnEarWhileItIsNobodyAndStandsAsSoonAsItIsSomebody() throws Exception {
    listen(TEN_WAITS);

    assertThatThrownBy(() -> ask(tls())).isInstanceOf(SSLException.class);
    become("first");

    assertThat(ask(tls())).endsWith("hello");
  }

  @Test
  void clientsThatSayNothingHoldUpNobody() throws Exception {
    listenAs("first");
    for (int i = 0; i < MANY; i++) {
      plain();
    }

    assertThat(ask(tls())).endsWith("hello");
  }

  @Test
  void clientsThatStopWithinTheirHandshakeHoldUpNobody() throws Exception {
    listenAs("first");
    List<Socket> slow = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      Socket client = plain();
      client.getOutputStream().write(HALF_A_HELLO);
      slow.add(client);
    }
    awaitCutOff(slow, MANY - 10);

    assertThat(ask(tls())).endsWith("hello");
  }

  @Test
  void clientsThatStopWithinTheirRequestHoldUpNobody() throws Exception {
    listenAs("first");
    List<Socket> slow = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      SSLSocket client = tls();
      client
          .getOutputStream()
          .write("POST / HTTP/1.1\r\nContent-Length: 1000\r\n\r\nhalf".getBytes(US_ASCII));
      slow.add(client);
    }
    awaitCutOff(slow, 20);

    assertThat(ask(tls())).endsWith("hello");
  }

  @Test
  void clientsThatDoNotTakeTheirAnswersHoldUpNobody() throws Exception {
    listenAs("first");
    for (int i = 0; i < 8; i++) {
      tls().getOutputStream().write("GET /large HTTP/1.1\r\n\r\n".getBytes(US_ASCII));
    }
    largeAnswers.await();

    assertThat(ask(tls())).startsWith("HTTP/1.1 200").endsWith("hello");
  }

  @Test
  void aClientThatSpeaksNoTlsHoldsUpNobody() throws Exception {
    listenAs("first");
    Socket client = plain();

    client.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(US_ASCII));

    awaitCutOff(List.of(client), 1);
    assertThat(ask(tls())).endsWith("hello");
  }

  @Test
  void asksNoNameServerWhatAClientIsCalled() throws Exception {
    InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});

    assertThat(loopback.getHostName()).isEqualTo("127.0.0.1");
    assertThat(InetAddress.getByName("localhost").isLoopbackAddress()).isTrue();
  }

  private Response greet(Request request) {
    if (request.path().equals("/large")) {
      largeAnswers.countDown();
      return Response.of(200, "application/octet-stream", LARGE);
    }
    return Response.text(200, "hello");
  }

  private void listenAs(String name) throws Exception {
    listen(TEN_WAITS);
    become(name);
  }

  private void listen(Limits limits) throws IOException {
    listener.close();
    listener =
        HttpListener.bindTls(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            limits,
            identity::get,
            this::greet);
    listener.start();
  }

  private void become(String name) throws Exception {
    identity.set(Optional.of(TestIdentities.identity(name)));
  }

  private Socket plain() throws IOException {
    Socket client = new Socket(InetAddress.getLoopbackAddress(), listener.port());
    clients.add(client);
    return client;
  }

  /// A client that shakes hands at its first word.
  private SSLSocket tls() throws IOException {
    SSLSocket client =
        (SSLSocket)
            trust
                .getSocketFactory()
                .createSocket(InetAddress.getLoopbackAddress(), listener.port());
    clients.add(client);
    return client;
  }

  /// The whole answer; the connection stays.
  private static String ask(SSLSocket client) throws IOException {
    client.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(US_ASCII));
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    while (!answer.toString(US_ASCII).endsWith("hello")) {
      int next = client.getInputStream().read();
      if (next < 0) {
        throw new IOException("the answer ended after: " + answer.toString(US_ASCII));
      }
      answer.write(next);
    }
    return answer.toString(US_ASCII);
  }

  private static String subject(SSLSocket client) throws IOException {
    X509Certificate shown = (X509Certificate) client.getSession().getPeerCertificates()[0];
    return shown.getSubjectX500Principal().getName();
  }

  /// Waits until so many of them are cut off, whichever the server heard first.
  private static void awaitCutOff(List<Socket> slow, int enough) throws InterruptedException {
    CountDownLatch cutOff = new CountDownLatch(enough);
    for (Socket client : slow) {
      Thread.ofVirtual()
          .start(() -> {
            awaitEnd(client);
            cutOff.countDown();
          });
    }
    cutOff.await();
  }

  /// What ends with a reset has ended as well.
  private static void awaitEnd(Socket client) {
    try {
      client.getInputStream().transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      assertThat(client.isConnected()).isTrue();
    }
  }
}
