package io.multijob.servo;

/// The servo as a process of its own, for tests.
public final class ServoMain {

  private ServoMain() {}

  public static void main(String[] arguments) {
    System.exit(ServoProcess.run(System.getenv()));
  }
}
