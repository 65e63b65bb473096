package io.multijob.servo;

import io.multijob.servo.observe.Logging;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The servo as a process: settings from the environment, an end by TERM or INT, an exit code.
public final class ServoProcess {
  /// It was told to stop, and did.
  public static final int STOPPED = 0;

  /// It could not go on.
  public static final int CRASHED = 1;

  /// A setting is not right; standard error says which and why.
  public static final int CONFIGURATION = 2;

  private ServoProcess() {}

  /// Runs a servo until the process is told to stop.
  ///
  /// @param environment the process's, or what stands for it
  /// @return the process's exit code
  public static int run(Map<String, String> environment) {
    try {
      ServoConfig config = ServoConfig.from(environment);
      Logging.configure(config.logging().verbosity(), config.logging().format());
      Logger log = LoggerFactory.getLogger(ServoProcess.class);
      UnknownSettings.in(environment).forEach(log::warn);
      config.describe().forEach(log::info);
      return run(new Servo(config));
    } catch (ConfigurationException e) {
      System.err.println("servo: " + e.getMessage());
      return CONFIGURATION;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return CRASHED;
    }
  }

  private static int run(Servo servo) throws ConfigurationException, InterruptedException {
    // Java does not tell TERM and INT apart; where it matters, a kubelet sends TERM.
    Runtime.getRuntime().addShutdownHook(new Thread(() -> end(servo), "shutdown"));
    servo.start();
    servo.awaitStopped();
    return STOPPED;
  }

  /// A process that was told to stop, and did, ends with 0; the JVM's own code would be 143.
  private static void end(Servo servo) {
    if (servo.running()) {
      servo.close("signal 15");
      Runtime.getRuntime().halt(STOPPED);
    }
  }
}
