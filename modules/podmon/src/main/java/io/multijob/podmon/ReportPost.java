package io.multijob.podmon;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

/// Posts a report as the original's podmon does: one HTTP request on a socket of its own. An HTTP
/// client would cost the pod 20 MB.
final class ReportPost {
  private static final Duration TIMEOUT = Duration.ofSeconds(2);

  private ReportPost() {}

  /// Posts `report` to `target`, in two seconds at most, the look-up of the name included.
  ///
  /// @return what went wrong, for a person; empty if the report was taken (200 or 204)
  static String send(ReportTarget target, String report) throws InterruptedException {
    var outcome = new AtomicReference<>("no answer within " + TIMEOUT.toSeconds() + " s");
    Thread exchange = new Thread(() -> outcome.set(exchange(target, report)), "report-post");
    exchange.setDaemon(true);
    exchange.start();
    exchange.join(TIMEOUT.toMillis());
    return outcome.get();
  }

  private static String exchange(ReportTarget target, String report) {
    try (var socket = new Socket()) {
      int millis = (int) TIMEOUT.toMillis();
      socket.setSoTimeout(millis);
      socket.connect(new InetSocketAddress(target.host(), target.port()), millis);
      write(socket.getOutputStream(), target, report);
      return outcome(socket);
    } catch (IOException | RuntimeException e) {
      return e.toString();
    }
  }

  private static void write(OutputStream out, ReportTarget target, String report)
      throws IOException {
    byte[] body = report.getBytes(UTF_8);
    String head =
        "POST / HTTP/1.1\r\nHost: "
            + target.authority()
            + "\r\nContent-Type: application/json\r\nContent-Length: "
            + body.length
            + "\r\nConnection: close\r\n\r\n";
    out.write(head.getBytes(ISO_8859_1));
    out.write(body);
    out.flush();
  }

  private static String outcome(Socket socket) throws IOException {
    var reader = new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1));
    String status = reader.readLine();
    if (status == null) {
      return "the connection was closed without an answer";
    }
    return isTaken(status) ? "" : "answered " + status;
  }

  /// Whether `status` is `HTTP/1.x 200` or `204`, with or without a reason after it.
  private static boolean isTaken(String status) {
    if (!status.startsWith("HTTP/1.")) {
      return false;
    }
    String answer = status.substring(status.indexOf(' ') + 1);
    int end = answer.indexOf(' ');
    String code = end < 0 ? answer : answer.substring(0, end);
    return code.equals("200") || code.equals("204");
  }
}
