package io.multijob.bench.decode;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.multijob.bench.child.ChildJvm;
import io.multijob.bench.pod.PodLife;
import io.multijob.bench.pod.RecordedEvent;
import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// An API server that knows nothing but recorded pods, in a process of its own: it costs so little
/// that who reads from it is what is measured. Each event is sent as a piece of its own, as the
/// real one does.
final class EventServer {
  private static final Pattern REQUEST =
      Pattern.compile("GET /api/v1/namespaces/([a-z0-9-]+)/pods\\?(\\S*) HTTP/1.1");
  private static final Pattern LIMIT = Pattern.compile("\\blimit=(\\d+)");
  private static final Pattern CONTINUE = Pattern.compile("\\bcontinue=(\\d+)");
  private static final int LIVES_AT_ONCE = 500;

  private final Socket socket;

  private EventServer(Socket socket) {
    this.socket = socket;
  }

  /// Where the server is.
  record Url(String url) {}

  public static void main(String[] arguments) throws IOException {
    ChildJvm.endWithParent();
    try (ServerSocket server = new ServerSocket(0, 16, InetAddress.getLoopbackAddress())) {
      ChildJvm.say(new Url("http://127.0.0.1:" + server.getLocalPort()));
      while (true) {
        EventServer connection = new EventServer(server.accept());
        Thread.ofPlatform().daemon().start(connection::serve);
      }
    }
  }

  private void serve() {
    try (socket;
        BufferedReader in =
            new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1));
        OutputStream out = new BufferedOutputStream(socket.getOutputStream(), 1 << 16)) {
      socket.setTcpNoDelay(true);
      for (String request = in.readLine(); request != null; request = in.readLine()) {
        List<String> headers = in.lines().takeWhile(line -> !line.isEmpty()).toList();
        answer(request, headers, new Answer(out));
      }
    } catch (IOException e) {
      // The reader has had enough.
    }
  }

  private static void answer(String request, List<String> headers, Answer answer)
      throws IOException {
    Matcher matcher = REQUEST.matcher(request);
    if (!matcher.matches()) {
      answer.empty("404 Not Found");
    } else if (headers.stream().anyMatch(line -> line.equalsIgnoreCase("Upgrade: websocket"))) {
      answer.empty("200 OK"); // a client that hears this goes on with a plain GET
    } else if (!matcher.group(2).contains("watch=true")) {
      list(matcher.group(1), matcher.group(2), answer);
    } else if (matcher.group(1).equals(RecordedCluster.BUSY)) {
      live(answer);
    } else {
      answer.begin();
      awaitEnd();
    }
  }

  private static void list(String namespace, String query, Answer answer) throws IOException {
    int pods = RecordedCluster.listed(namespace);
    int from = number(CONTINUE, query, 0);
    int to = Math.min(pods, from + number(LIMIT, query, pods));
    String more = to < pods ? ",\"continue\":\"" + to + "\"" : "";
    RecordedEvent running = PodLife.recorded().running();
    answer.begin();
    answer.piece(
        "{\"kind\":\"PodList\",\"apiVersion\":\"v1\",\"metadata\":{\"resourceVersion\":\"%d\"%s},\"items\":["
            .formatted(RecordedEvent.FIRST_VERSION, more));
    for (int pod = from; pod < to; pod++) {
      byte[] line = running.line(pod, RecordedEvent.FIRST_VERSION);
      answer.piece(line, running.objectAt(), running.objectLength());
      answer.piece(pod + 1 < to ? "," : "");
    }
    answer.piece("]}\n");
    answer.end();
  }

  /// Lives of many pods beside each other, until nobody listens any more.
  private static void live(Answer answer) throws IOException {
    List<RecordedEvent> life = PodLife.recorded().events();
    long version = RecordedEvent.FIRST_VERSION;
    answer.begin();
    for (long first = 0; ; first += LIVES_AT_ONCE) {
      for (RecordedEvent event : life) {
        for (long pod = first; pod < first + LIVES_AT_ONCE; pod++) {
          version++;
          answer.piece(event.line(pod, version), 0, event.length());
          answer.flush();
        }
      }
    }
  }

  private static void awaitEnd() {
    try {
      Thread.sleep(Long.MAX_VALUE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static int number(Pattern pattern, String query, int otherwise) {
    Matcher matcher = pattern.matcher(query);
    return matcher.find() ? Integer.parseInt(matcher.group(1)) : otherwise;
  }

  /// An answer in pieces (RFC 9112, section 7.1).
  private record Answer(OutputStream out) {

    void empty(String status) throws IOException {
      text("HTTP/1.1 " + status + "\r\nContent-Length: 0\r\n\r\n");
      flush();
    }

    void begin() throws IOException {
      text(
          "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n");
      flush();
    }

    void piece(String text) throws IOException {
      byte[] bytes = text.getBytes(ISO_8859_1);
      piece(bytes, 0, bytes.length);
    }

    void piece(byte[] bytes, int from, int length) throws IOException {
      if (length > 0) {
        text(Integer.toHexString(length) + "\r\n");
        out.write(bytes, from, length);
        text("\r\n");
      }
    }

    void end() throws IOException {
      text("0\r\n\r\n");
      flush();
    }

    void flush() throws IOException {
      out.flush();
    }

    private void text(String text) throws IOException {
      out.write(text.getBytes(ISO_8859_1));
    }
  }
}
