package io.multijob.sandbox.run.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes what a container prints into its log.
///
/// The container writes into a pipe and not into the file itself, as with a real runtime: a file's
/// cached pages would count as the container's memory.
///
/// Its thread is not a virtual one: reading a pipe holds on to the thread that carries it, and a
/// few hundred containers would take them all.
final class LogPump {
  private static final Logger LOG = LoggerFactory.getLogger(LogPump.class);

  /// What is printed after that is thrown away: a kubelet keeps no more of a log either.
  private static final long MOST_BYTES = 64L << 20;

  private static final int BUFFER_SIZE = 8_192;

  private final InputStream in;
  private final ContainerFiles files;
  private final StartLine startLine;
  private final Thread thread;

  private long written; // used by the pump's thread only

  LogPump(InputStream in, ContainerFiles files, StartLine startLine) {
    this.in = in;
    this.files = files;
    this.startLine = startLine;
    this.thread = Thread.ofPlatform().daemon().name("log-pump").unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /// Waits until all is written that was printed, `atMost` so long.
  void awaitEnd(Duration atMost) throws InterruptedException {
    if (!thread.join(atMost)) {
      LOG.atWarn().addKeyValue("log", files.log()).log("Output of a container did not end");
    }
  }

  private void run() {
    try (OutputStream out = new FileOutputStream(files.log().toFile(), true)) {
      byte[] buffer = new byte[BUFFER_SIZE];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        startLine.feed(buffer, read);
        write(buffer, read, out);
      }
    } catch (IOException e) {
      LOG.atDebug().setCause(e).addKeyValue("log", files.log()).log("Output was cut off");
    } finally {
      startLine.end();
    }
  }

  private void write(byte[] bytes, int length, OutputStream out) throws IOException {
    if (written >= MOST_BYTES) {
      return;
    }
    out.write(bytes, 0, length);
    written += length;
    if (written >= MOST_BYTES) {
      out.write("\n(the log ends here: it is full)\n".getBytes(UTF_8));
    }
  }
}
