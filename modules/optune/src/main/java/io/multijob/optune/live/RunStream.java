package io.multijob.optune.live;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import io.multijob.http.Request;
import io.multijob.http.Response;
import io.multijob.optune.api.ApiErrors;
import io.multijob.optune.api.RunJson;
import io.multijob.optune.store.RunStore;
import io.multijob.optune.store.StoredRun;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.json.JsonMapper;

/// Sends each new run to every client that follows, as `text/event-stream`
/// (<https://html.spec.whatwg.org/multipage/server-sent-events.html>).
///
/// Events: `run`, whose id is the run's number and whose data is the run; `ping`, now and then, so
/// that both sides notice a dead connection; `reset` for a client too far behind to be sent what it
/// missed, which should load anew. A client resumes with `Last-Event-ID`, or begins with `?after=`.
///
/// A client costs one virtual thread and a number: what it has not been sent yet is read from the
/// store. There are at most [Settings#maxClients()] of them, and one that takes nothing for
/// [Settings#patience()] is cut off.
///
/// Thread-safe.
public final class RunStream implements AutoCloseable {
  private static final String LAST_EVENT_ID = "last-event-id";
  private static final int BATCH = 200;
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(1);

  private final RunStore store;
  private final Settings settings;
  private final JsonMapper mapper = JsonMapper.shared();
  private final RunJson runJson = new RunJson(mapper);
  private final Set<Client> clients = ConcurrentHashMap.newKeySet();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread warden = Thread.ofVirtual().name("stream-warden").unstarted(this::watch);

  /// How clients are treated.
  ///
  /// @param maxClients at one time
  /// @param heartbeat the longest silence
  /// @param patience how long one write may take
  /// @param pace the shortest time between two batches of runs
  /// @param maxReplay how many missed runs are sent before the client is told to load anew
  public record Settings(
      int maxClients, Duration heartbeat, Duration patience, Duration pace, int maxReplay) {

    public static final Settings DEFAULT =
        new Settings(
            200, Duration.ofSeconds(15), Duration.ofSeconds(30), Duration.ofMillis(100), 10_000);
  }

  public RunStream(RunStore store, Settings settings) {
    this.store = store;
    this.settings = settings;
  }

  public void start() {
    warden.start();
  }

  /// Begins a stream, or says why there is none.
  public Response open(Request request) {
    Optional<String> from = request.header(LAST_EVENT_ID).or(() -> request.query("after"));
    if (from.filter(text -> !text.matches("\\d{1,18}")).isPresent()) {
      return ApiErrors.of(
          400,
          "Last-Event-ID, or after: expected the number of a run, found \"" + from.get() + '"');
    }
    if (clients.size() >= settings.maxClients()) {
      return ApiErrors.of(503, "too many clients follow already").with("Retry-After", "10");
    }
    long after = from.map(Long::valueOf).orElseGet(store::last);
    return Response.stream("text/event-stream", out -> follow(after, out))
        .with("Cache-Control", "no-store")
        .with("X-Accel-Buffering", "no");
  }

  /// How many clients follow now.
  public int clients() {
    return clients.size();
  }

  /// Ends all streams, each after the event it is sending. Idempotent.
  @Override
  public void close() {
    closed.countDown();
    List<Client> following = List.copyOf(clients);
    following.forEach(Client::cutOff);
    try {
      for (Client client : following) {
        client.thread.join(STOP_TIMEOUT);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void follow(long after, OutputStream out) throws IOException, InterruptedException {
    Client client = new Client(out, settings.patience());
    clients.add(client);
    try {
      client.send("retry: 2000\n\n");
      long sent = after;
      while (closed.getCount() > 0) {
        sent = sendNewerThan(sent, client);
      }
    } catch (InterruptedException e) {
      if (closed.getCount() > 0) {
        throw e;
      }
      // We are closing: the stream ends as it should, and its client comes again.
    } finally {
      clients.remove(client);
    }
  }

  /// Waits for newer runs, sends some, and returns the number of the last one sent.
  private long sendNewerThan(long sent, Client client) throws IOException, InterruptedException {
    store.awaitNewerThan(sent, settings.heartbeat());
    long last = store.last();
    if (last == sent) {
      client.send("event: ping\ndata: {}\n\n");
      return sent;
    }
    if (last < sent || last - sent > settings.maxReplay()) {
      client.send("event: reset\nid: " + last + "\ndata: {}\n\n");
      return last;
    }
    List<StoredRun> runs = store.runsAfter(sent, BATCH);
    client.send(runs.stream().map(this::event).collect(joining()));
    if (runs.size() < BATCH) {
      closed.await(settings.pace().toNanos(), TimeUnit.NANOSECONDS);
    }
    return runs.getLast().number();
  }

  private String event(StoredRun run) {
    return "event: run\nid: "
        + run.number()
        + "\ndata: "
        + mapper.writeValueAsString(runJson.of(run))
        + "\n\n";
  }

  private void watch() {
    try {
      while (!closed.await(settings.patience().toNanos() / 4, TimeUnit.NANOSECONDS)) {
        clients.stream().filter(Client::isStuck).forEach(Client::cutOff);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// One who follows. Written by its own thread, watched by the warden.
  private static final class Client {
    private final OutputStream out;
    private final long patienceNanos;
    private final Thread thread = Thread.currentThread();

    private volatile boolean writing;
    private volatile long since; // nanoTime at which the write in progress began

    private Client(OutputStream out, Duration patience) {
      this.out = out;
      this.patienceNanos = patience.toNanos();
    }

    private void send(String events) throws IOException {
      since = System.nanoTime();
      writing = true;
      out.write(events.getBytes(UTF_8));
      out.flush();
      writing = false;
    }

    private boolean isStuck() {
      return writing && System.nanoTime() - since > patienceNanos;
    }

    /// An interrupt closes the connection, whatever its thread is doing.
    private void cutOff() {
      thread.interrupt();
    }
  }
}
