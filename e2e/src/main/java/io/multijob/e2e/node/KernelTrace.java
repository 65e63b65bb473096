package io.multijob.e2e.node;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// This machine's kernel, telling by its own tracing when groups are made, entered and emptied and
/// programs executed, each to the microsecond at which it happened: nobody has to be woken for it.
///
/// Documentation/trace/ftrace.rst of the Linux kernel. Needs root. Used by one thread.
public final class KernelTrace implements AutoCloseable {
  private static final Path USUAL_MOUNT = Path.of("/sys/kernel/tracing");
  private static final List<String> EVENTS =
      List.of(
          "cgroup/cgroup_mkdir",
          "cgroup/cgroup_attach_task",
          "cgroup/cgroup_notify_populated",
          "sched/sched_process_fork",
          "sched/sched_process_exec");

  /// As in `runc-10897 [000] d..1. 15783.981816: cgroup_mkdir: root=3 id=1390 ...`.
  private static final Pattern LINE =
      Pattern.compile(
          ".* (?<seconds>[0-9]+)\\.(?<micros>[0-9]{6}): (?<event>[a-z_]+): (?<rest>.*)");

  private static final Set<String> COUNTING = Set.of("cpu", "cpuacct", "memory", "");

  private final Path instance;
  private final List<Path> mounted;
  private final Set<String> countingRoots;

  private KernelTrace(Path instance, List<Path> mounted, Set<String> countingRoots) {
    this.instance = instance;
    this.mounted = List.copyOf(mounted);
    this.countingRoots = Set.copyOf(countingRoots);
  }

  /// An event of the trace.
  private record Event(Instant at, String name, String rest) {
    /// The number called `key`, as in `key=4711`.
    String number(String key) {
      Matcher matcher = Pattern.compile("\\b" + key + "=([0-9]+)").matcher(rest);
      return matcher.find() ? matcher.group(1) : "";
    }

    boolean is(String wanted, String path) {
      return name.equals(wanted) && rest.contains(path);
    }
  }

  /// Begins to trace; empty where that is not allowed or this kernel cannot.
  public static Optional<KernelTrace> open() throws IOException, InterruptedException {
    List<Path> mounted = new ArrayList<>();
    Path root = USUAL_MOUNT;
    if (!Files.isDirectory(root.resolve("instances"))) {
      root = Files.createTempDirectory("tracefs");
      if (run("mount", "-t", "tracefs", "tracefs", root.toString()) != 0) {
        Files.delete(root);
        return Optional.empty();
      }
      mounted.add(root);
    }
    Path instance =
        Files.createDirectory(root.resolve("instances/e2e-" + ProcessHandle.current().pid()));
    var trace = new KernelTrace(instance, mounted, countingRoots());
    trace.begin();
    return Optional.of(trace);
  }

  /// Forgets all until now.
  public void clear() throws IOException {
    Files.writeString(instance.resolve("trace"), "");
  }

  /// The life of the group of a container that has ended.
  ///
  /// @param containerId without the runtime's name
  /// @throws AssertionError if a part of it is not in the trace
  public GroupLife lifeOf(String containerId) throws IOException {
    List<Event> events = events();
    String path = "/" + containerId;
    List<Event> entered =
        events.stream()
            .filter(event -> event.is("cgroup_attach_task", path))
            .filter(event -> countingRoots.contains(event.number("dst_root")))
            .toList();
    if (entered.isEmpty()) {
      throw new AssertionError("nothing entered " + path + " in the trace");
    }
    return new GroupLife(
        made(events, path),
        entered.getLast().at,
        executed(events, entered.getLast()),
        emptied(events, path));
  }

  /// When the first group of that container was made, which may still run.
  public Instant madeAt(String containerId) throws IOException {
    return made(events(), "/" + containerId);
  }

  @Override
  public void close() {
    try {
      Files.delete(instance);
      for (Path mount : mounted) {
        run("umount", mount.toString());
        Files.delete(mount);
      }
    } catch (IOException e) {
      throw new IllegalStateException("the trace cannot be ended", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void begin() throws IOException {
    Files.writeString(instance.resolve("trace_clock"), "mono");
    Files.writeString(instance.resolve("buffer_size_kb"), "8192");
    for (String event : EVENTS) {
      Files.writeString(instance.resolve("events").resolve(event).resolve("enable"), "1");
    }
  }

  private Instant made(List<Event> events, String path) {
    return first(
        events,
        "the making of " + path,
        event -> event.is("cgroup_mkdir", path) && countingRoots.contains(event.number("root")));
  }

  /// The last time that the first of its directories emptied: they all do at once.
  private Instant emptied(List<Event> events, String path) {
    List<Event> all =
        events.stream()
            .filter(event -> event.is("cgroup_notify_populated", path))
            .filter(event -> event.rest.endsWith("val=0"))
            .toList();
    if (all.isEmpty()) {
      throw new AssertionError("the emptying of " + path + " is not in the trace");
    }
    String root = all.getFirst().number("root");
    return all.stream().filter(event -> event.number("root").equals(root)).toList().getLast().at;
  }

  /// The first program that the process which entered, or one that came of it, became after that.
  private static Instant executed(List<Event> events, Event entered) {
    Set<String> processes = new HashSet<>(Set.of(entered.number("pid")));
    for (Event event : events) {
      if (event.name.equals("sched_process_fork") && processes.contains(event.number("pid"))) {
        processes.add(event.number("child_pid"));
      }
    }
    return first(
        events,
        "the execution of the workload",
        event ->
            event.name.equals("sched_process_exec")
                && event.at.isAfter(entered.at)
                && processes.contains(event.number("pid")));
  }

  private static Instant first(List<Event> events, String what, Predicate<Event> which) {
    return events.stream()
        .filter(which)
        .findFirst()
        .map(Event::at)
        .orElseThrow(() -> new AssertionError(what + " is not in the trace"));
  }

  /// Those of the buffer, the earliest first. The trace's clock is that of [System#nanoTime()].
  private List<Event> events() throws IOException {
    Instant now = Instant.now();
    Instant origin = now.minusNanos(System.nanoTime());
    List<Event> events = new ArrayList<>();
    for (String line : Files.readAllLines(instance.resolve("trace"), UTF_8)) {
      Matcher matcher = LINE.matcher(line);
      if (matcher.matches()) {
        Instant at =
            origin
                .plusSeconds(Long.parseLong(matcher.group("seconds")))
                .plusNanos(Long.parseLong(matcher.group("micros")) * 1_000);
        events.add(new Event(at, matcher.group("event"), matcher.group("rest")));
      }
    }
    return events;
  }

  /// The numbers, in the trace, of the hierarchies that count CPU time or memory: those of
  /// `/proc/self/cgroup`, as in `4:memory:/`.
  private static Set<String> countingRoots() throws IOException {
    Set<String> roots = new HashSet<>();
    for (String line : Files.readAllLines(Path.of("/proc/self/cgroup"), UTF_8)) {
      List<String> parts = List.of(line.split(":", 3));
      if (List.of(parts.get(1).split(",", -1)).stream().anyMatch(COUNTING::contains)) {
        roots.add(parts.getFirst());
      }
    }
    return roots;
  }

  private static int run(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }
}
