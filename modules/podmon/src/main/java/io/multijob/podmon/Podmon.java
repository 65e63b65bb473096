package io.multijob.podmon;

import io.multijob.cgroup.BlindWatch;
import io.multijob.cgroup.CgroupFiles;
import io.multijob.cgroup.CgroupWatch;
import io.multijob.cgroup.Group;
import io.multijob.cgroup.HostFiles;
import io.multijob.cgroup.InotifyWatch;
import io.multijob.cgroup.Mounts;
import io.multijob.cgroup.PodFinder;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// The collector beside a pod: watches the pod's control group until its workload is over, writes
/// what the workload has used as its own termination message, and exits 0, whatever happened: a pod
/// must not fail because it was measured.
public final class Podmon {
  private static final String HOST_MOUNT = "/host/cgroup";
  private static final String USUAL_MOUNT = "/sys/fs/cgroup";

  /// More than [Ending] waits after TERM; the kubelet kills sooner where the grace period is
  /// shorter.
  private static final long LONGEST_STOP_MILLIS = 29_000;

  /// In a row; then it ends, and as a native sidecar is started afresh.
  private static final int MOST_FAILURES = 5;

  private final PodmonConfig config;
  private final CgroupFiles files;
  private final TerminationMessage message;
  private final Ending ending;

  private String said = ""; // what the termination message says
  private int failures; // in a row

  private Podmon(PodmonConfig config, CgroupFiles files) {
    this.config = config;
    this.files = files;
    this.message = new TerminationMessage(config.messagePath());
    this.ending = new Ending(config.role());
  }

  /// Runs until the pod is over. Configured by the environment alone: see [PodmonConfig].
  public static void main(String[] arguments) {
    Thread main = Thread.currentThread();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(main), "stop"));
    try {
      PodmonConfig config = PodmonConfig.from(System.getenv());
      config.problems().forEach(Podmon::complain);
      new Podmon(config, new HostFiles()).run();
    } catch (RuntimeException e) {
      complain("ended by " + e);
    } finally {
      System.out.flush();
      Runtime.getRuntime().halt(0);
    }
  }

  /// On TERM: lets the main thread finish, which ends the process with 0. Java's own exit code
  /// after a signal would be 143.
  private static void stop(Thread main) {
    main.interrupt();
    try {
      main.join(LONGEST_STOP_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().halt(0);
  }

  private void run() {
    String root = root();
    Mounts mounts = Mounts.detect(files, root);
    var self = new OwnProcess(files, "/proc/self");
    String podUid = config.podUid().isEmpty() ? self.podUid().orElse("") : config.podUid();
    Optional<Group> pod = new PodFinder(files, mounts).find(podUid, config.podPaths());
    if (pod.isEmpty()) {
      watchNothing(podUid, "no group of pod '" + podUid + "' below " + root);
      return;
    }
    var groups = new PodGroups(pod.get(), self.groupName(pod.get()).stream().toList());
    try (CgroupWatch watch = watch()) {
      follow(podUid, new PodMonitor(files, watch, groups), groups);
    }
  }

  private String root() {
    if (!config.cgroupRoot().isEmpty()) {
      return config.cgroupRoot();
    }
    return files.isDirectory(HOST_MOUNT) ? HOST_MOUNT : USUAL_MOUNT;
  }

  private static CgroupWatch watch() {
    try {
      return InotifyWatch.open();
    } catch (IOException e) {
      complain("looks every 10 ms, because the kernel cannot tell: " + e.getMessage());
      return new BlindWatch();
    }
  }

  /// The watches stand and the beginning is read before anything else: the workload comes some 100
  /// ms after us. The rehearsal goes on beside, so that what comes meanwhile is heard.
  private void follow(String podUid, PodMonitor monitor, PodGroups groups) {
    monitor.start(Instant.now());
    ending.observe(monitor.state(), Instant.now());
    Thread.ofPlatform().daemon().name("rehearsal").start(() -> rehearse(podUid, groups));
    while (!ending.isOver(Instant.now())) {
      pass(podUid, monitor);
    }
    write(podUid, monitor);
    post();
  }

  private void rehearse(String podUid, PodGroups groups) {
    try {
      Rehearsal.play(files, groups);
    } finally {
      say("watching pod " + podUid);
    }
  }

  /// One wait for something to happen, and what follows from it. The one place that catches
  /// everything: a file that cannot be understood must not cost the figures of the others.
  private void pass(String podUid, PodMonitor monitor) {
    try {
      if (monitor.pass(ending.patience(Instant.now()))) {
        ending.observe(monitor.state(), Instant.now());
        write(podUid, monitor);
      }
      failures = 0;
    } catch (InterruptedException e) {
      ending.terminate(Instant.now());
      write(podUid, monitor);
    } catch (RuntimeException e) {
      failures++;
      if (failures == MOST_FAILURES) {
        throw e;
      }
      complain("could not take in what happened: " + e);
    }
  }

  private void watchNothing(String podUid, String reason) {
    write(PodReportJson.writeFailure(podUid, reason));
    say("watching nothing: " + reason);
    if (config.role() instanceof Role.Sidecar) {
      awaitTermination(); // one that ends is started again, for ever
    }
  }

  private static void awaitTermination() {
    try {
      Thread.sleep(Duration.ofDays(365_000));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void write(String podUid, PodMonitor monitor) {
    write(PodReportJson.write(monitor.report(podUid, ending.beginning())));
  }

  private void write(String line) {
    if (line.equals(said)) {
      return;
    }
    said = line;
    try {
      message.write(line);
    } catch (IOException e) {
      complain("the termination message could not be written: " + e.getMessage());
    }
  }

  private void post() {
    for (ReportTarget target : config.reportTargets()) {
      try {
        String problem = ReportPost.send(target, said);
        if (!problem.isEmpty()) {
          complain("the report was not taken by " + target.authority() + ": " + problem);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt(); // a second TERM: the message is written
      }
    }
  }

  private static void say(String what) {
    System.out.println("podmon: " + what);
  }

  private static void complain(String what) {
    System.err.println("podmon: " + what);
  }
}
