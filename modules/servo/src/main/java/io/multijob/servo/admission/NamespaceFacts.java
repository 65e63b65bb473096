package io.multijob.servo.admission;

import io.multijob.servo.kubernetes.ApiResponse;
import io.multijob.servo.kubernetes.KubernetesApi;
import io.multijob.servo.loop.PassLoop;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Keeps what is known of the watched namespaces: their Pod Security level and their LimitRanges.
/// Looks every few seconds, beside the pods' way: what is not known yet, or may not be known, is
/// taken to forbid nothing, and no pod waits for it. What could not be looked at stays as it was.
///
/// Thread-safe. All requests are sent by one thread, its own.
public final class NamespaceFacts implements Function<String, KnownNamespace>, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(NamespaceFacts.class);

  private static final String ALL = "*";
  private static final String NAMESPACES = "/api/v1/namespaces";
  private static final int PAGE = 500;
  private static final Duration PERIOD = Duration.ofSeconds(5);
  private static final Duration SILENCE = Duration.ofSeconds(10);

  private final KubernetesApi api;
  private final Set<String> watched;
  private final PassLoop loop = new PassLoop("namespace-facts", this::runPass);

  private final CountDownLatch looked = new CountDownLatch(1);

  private volatile Map<String, JsonNode> labels = Map.of();
  private volatile Map<String, List<JsonNode>> limitRanges = Map.of();

  private String problem = ""; // the last that was said; belongs to the thread

  /// @param watched namespaces by name, or `*` for all
  public NamespaceFacts(KubernetesApi api, Set<String> watched) {
    this.api = api;
    this.watched = Set.copyOf(watched);
  }

  public void start() {
    loop.start();
  }

  /// Waits until it was looked for the first time, in vain or not; at the most for `patience`.
  public void awaitFirst(Duration patience) throws InterruptedException {
    if (!looked.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
      LOG.atInfo().log("Namespaces are not known yet, nothing is taken to be forbidden in them");
    }
  }

  /// What is known of a namespace by now.
  @Override
  public KnownNamespace apply(String namespace) {
    JsonNode known = labels.get(namespace);
    List<JsonNode> ranges = limitRanges.getOrDefault(namespace, List.of());
    return known == null
        ? KnownNamespace.of(JsonMapper.shared().createObjectNode(), ranges)
        : KnownNamespace.of(known, ranges);
  }

  @Override
  public void close() {
    loop.close();
  }

  private void runPass() throws InterruptedException {
    try {
      say(look());
    } catch (IOException | RuntimeException e) {
      say(String.valueOf(e.getMessage()));
    }
    looked.countDown();
    Thread.sleep(PERIOD);
  }

  /// Looks at everything once.
  ///
  /// @return what may not be seen, for a person; empty if everything was
  /// @throws IOException if the API server cannot be asked; what was known stays
  String look() throws IOException, InterruptedException {
    List<String> refused = new ArrayList<>();
    List<JsonNode> namespaces = new ArrayList<>();
    List<JsonNode> ranges = new ArrayList<>();
    if (watched.contains(ALL)) {
      list(NAMESPACES, namespaces, refused);
      list("/api/v1/limitranges", ranges, refused);
    } else {
      for (String name : watched) {
        String path = NAMESPACES + "/" + name;
        read(path, refused).forEach(namespaces::add);
        list(path + "/limitranges", ranges, refused);
      }
    }
    labels = labelsOf(namespaces);
    limitRanges = byNamespace(ranges);
    return String.join("; ", refused);
  }

  private static Map<String, JsonNode> labelsOf(Collection<JsonNode> namespaces) {
    Map<String, JsonNode> labels = new HashMap<>();
    for (JsonNode namespace : namespaces) {
      JsonNode metadata = namespace.path("metadata");
      labels.put(metadata.path("name").asString(""), metadata.path("labels"));
    }
    return Map.copyOf(labels);
  }

  private static Map<String, List<JsonNode>> byNamespace(Collection<JsonNode> ranges) {
    Map<String, List<JsonNode>> sorted = new HashMap<>();
    for (JsonNode range : ranges) {
      String namespace = range.path("metadata").path("namespace").asString("");
      sorted.computeIfAbsent(namespace, absent -> new ArrayList<>()).add(range);
    }
    return Map.copyOf(sorted);
  }

  private void list(String path, Collection<JsonNode> items, Collection<String> refused)
      throws IOException, InterruptedException {
    String next = "";
    do {
      String token =
          next.isEmpty() ? "" : "&continue=" + URLEncoder.encode(next, StandardCharsets.UTF_8);
      List<JsonNode> page = read(path + "?limit=" + PAGE + token, refused);
      next = "";
      for (JsonNode list : page) {
        list.path("items").forEach(items::add);
        next = list.path("metadata").path("continue").asString("");
      }
    } while (!next.isEmpty());
  }

  /// @return the document; none where it may not be seen or is not there
  private List<JsonNode> read(String path, Collection<String> refused)
      throws IOException, InterruptedException {
    try (ApiResponse response = api.get(path, SILENCE)) {
      if (response.ok()) {
        return List.of(JsonMapper.shared().readTree(response.body()));
      }
      response.body().skip(Long.MAX_VALUE);
      switch (response.status()) {
        case 401, 403 -> refused.add(response.status() + " for " + path);
        case 404 -> {}
        default -> throw new IOException(response.status() + " for " + path);
      }
      return List.of();
    } catch (JacksonException e) {
      throw new IOException("not to be read: " + path + ": " + e.getOriginalMessage(), e);
    }
  }

  private void say(String now) {
    if (!now.isEmpty() && !now.equals(problem)) {
      LOG.atWarn()
          .addKeyValue("reason", now)
          .log("Namespaces cannot be looked at, nothing is taken to be forbidden in them");
    } else if (now.isEmpty() && !problem.isEmpty()) {
      LOG.atInfo().log("Namespaces can be looked at again");
    }
    problem = now;
  }
}
