package io.multijob.servo;

import io.multijob.servo.observe.Logging;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The servo as a process: settings from the environment, an end by TERM or INT, an exit code.
///
/// A process runs one.
public final class ServoProcess {
  /// It was told to stop, and did.
  public static final int STOPPED = 0;

  /// It could not go on.
  public static final int CRASHED = 1;

  /// A setting is not right; standard error says which and why.
  public static final int CONFIGURATION = 2;

  private static final Logger LOG = LoggerFactory.getLogger(ServoProcess.class);

  /// Within the grace period that Kubernetes gives a pod unless told otherwise, 30 s.
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(25);

  private final Servo servo;
  private final AtomicBoolean crashed = new AtomicBoolean();

  private ServoProcess(Servo servo) {
    this.servo = servo;
  }

  /// Runs a servo until the process is told to stop.
  ///
  /// @param environment the process's, or what stands for it
  /// @return the exit code, if the end is not by a signal: then the process exits by itself
  public static int run(Map<String, String> environment) {
    try {
      ServoConfig config = ServoConfig.from(environment);
      Logging.configure(config.logging().verbosity(), config.logging().format());
      config.describe().forEach(LOG::info);
      config.warnings().forEach(LOG::warn);
      return new ServoProcess(new Servo(config)).run();
    } catch (ConfigurationException e) {
      System.err.println("servo: " + e.getMessage());
      return CONFIGURATION;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return CRASHED;
    }
  }

  private int run() throws ConfigurationException, InterruptedException {
    Thread hook = new Thread(this::stopBySignal, "shutdown");
    Runtime.getRuntime().addShutdownHook(hook);
    Thread.setDefaultUncaughtExceptionHandler(this::crash);
    try {
      servo.start();
      servo.awaitStopped();
    } finally {
      keepFromRunning(hook);
    }
    return crashed.get() ? CRASHED : STOPPED;
  }

  /// Java does not tell TERM and INT apart; the kubelet sends TERM. The exit code of a JVM that
  /// ends by a signal says so (143); ours says that it was a stop as any other.
  private void stopBySignal() {
    Thread closing =
        Thread.ofPlatform().daemon().name("closing").unstarted(() -> servo.close("signal 15"));
    closing.start();
    try {
      if (closing.join(STOP_TIMEOUT)) {
        LOG.atInfo().log("Servo stopped");
        Runtime.getRuntime().halt(STOPPED);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    LOG.atError().addKeyValue("duration", STOP_TIMEOUT).log("Servo did not stop");
    Runtime.getRuntime().halt(CRASHED);
  }

  /// Every loop catches what can be caught; what comes here is an error of the JVM or a defect, and
  /// a new process is better than one without one of its threads.
  private void crash(Thread thread, Throwable failure) {
    LOG.atError().setCause(failure).addKeyValue("thread", thread.getName()).log("Servo crashed");
    if (crashed.compareAndSet(false, true)) {
      Thread.ofPlatform().name("crash").start(() -> servo.close("crash: " + failure));
    }
  }

  private static void keepFromRunning(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      LOG.atDebug().log("Stopping by a signal already"); // the hook ends the process
    }
  }
}
