package io.multijob.e2e.chaos.pod;

import java.time.Duration;
import java.util.Locale;
import java.util.SplittableRandom;

/// What is to become of one pod.
///
/// @param ending how its workload ends, if it comes to that
/// @param figures how podmon's figures come
/// @param pending how long it waits before it runs
/// @param running how long it runs
/// @param lag how long podmon ends after the workload
public record PodPlan(
    Ending ending,
    Figures figures,
    Deletion deletion,
    Duration pending,
    Duration running,
    Duration lag) {
  private static final Ending[] ENDINGS = {
    Ending.COMPLETED, Ending.COMPLETED, Ending.COMPLETED, Ending.FAILED, Ending.OUT_OF_MEMORY
  };

  private static final Figures[] FIGURES = {
    Figures.NONE,
    Figures.NONE,
    Figures.NONE,
    Figures.TOGETHER,
    Figures.TOGETHER,
    Figures.LATER,
    Figures.LATER,
    Figures.LATER,
    Figures.POSTED,
    Figures.NEVER
  };

  private static final Deletion.Stage[] STAGES = {
    Deletion.Stage.PENDING,
    Deletion.Stage.RUNNING,
    Deletion.Stage.AT_END,
    Deletion.Stage.AT_END,
    Deletion.Stage.SOON,
    Deletion.Stage.SOON,
    Deletion.Stage.SOON,
    Deletion.Stage.LATE,
    Deletion.Stage.LATE,
    Deletion.Stage.LATE,
    Deletion.Stage.LATE,
    Deletion.Stage.LATE,
    Deletion.Stage.LATE,
    Deletion.Stage.LATE,
    Deletion.Stage.LATE,
    Deletion.Stage.LATE,
    Deletion.Stage.LATE,
    Deletion.Stage.LATE,
    Deletion.Stage.LATE,
    Deletion.Stage.NOT
  };

  /// How a workload ends.
  public enum Ending {
    COMPLETED("Succeeded", "Completed", 0),
    FAILED("Failed", "Error", 1),
    OUT_OF_MEMORY("Failed", "OOMKilled", 137);

    private final String phase;
    private final String reason;
    private final int exit;

    Ending(String phase, String reason, int exit) {
      this.phase = phase;
      this.reason = reason;
      this.exit = exit;
    }

    String phase() {
      return phase;
    }

    String reason() {
      return reason;
    }

    int exit() {
      return exit;
    }
  }

  /// How podmon's figures come.
  public enum Figures {
    /// There is no podmon in the pod.
    NONE,
    /// In the status that tells the workload's end.
    TOGETHER,
    /// In a later one, as they come from a native sidecar.
    LATER,
    /// By a post, as from the original's podmon.
    POSTED,
    /// Not: podmon hangs.
    NEVER
  }

  /// When and how the pod is deleted.
  ///
  /// @param when after which the delay counts
  public record Deletion(Stage when, Manner manner, Duration delay) {

    /// At which stage of its life.
    public enum Stage {
      PENDING,
      RUNNING,
      /// Just after its end.
      AT_END,
      /// Seconds after its end.
      SOON,
      /// When it was long forgotten.
      LATE,
      NOT
    }

    /// How.
    public enum Manner {
      /// With a grace period, in which the workload ends.
      ORDERLY,
      /// At once.
      FORCED
    }
  }

  /// One at random: a tenth of all pods do not live to their end, and of the others most are
  /// deleted at some time after it.
  public static PodPlan draw(SplittableRandom random) {
    return new PodPlan(
        pick(random, ENDINGS),
        pick(random, FIGURES),
        deletion(random),
        millis(random, 20, 800),
        millis(random, 100, 4_000),
        millis(random, 50, 600));
  }

  /// One at random whose run is over as soon as it begins, and that is deleted soon after.
  public static PodPlan brief(SplittableRandom random) {
    return new PodPlan(
        pick(random, ENDINGS),
        random.nextBoolean() ? Figures.NONE : Figures.TOGETHER,
        new Deletion(Deletion.Stage.SOON, Deletion.Manner.FORCED, millis(random, 50, 2_000)),
        Duration.ZERO,
        Duration.ZERO,
        Duration.ZERO);
  }

  /// In words, for the history of the pod.
  String text() {
    return "%s, figures %s, to be deleted %s"
        .formatted(word(ending), word(figures), deletionText());
  }

  private static Deletion deletion(SplittableRandom random) {
    Deletion.Stage stage = pick(random, STAGES);
    Duration delay =
        switch (stage) {
          case PENDING, RUNNING, NOT -> Duration.ZERO;
          case AT_END -> millis(random, 0, 50);
          case SOON -> millis(random, 50, 5_000);
          case LATE -> millis(random, 5_000, 40_000);
        };
    return new Deletion(
        stage, random.nextInt(3) == 0 ? Deletion.Manner.FORCED : Deletion.Manner.ORDERLY, delay);
  }

  private String deletionText() {
    return switch (deletion.when()) {
      case NOT -> "never";
      case PENDING, RUNNING -> "while " + word(deletion.when()) + ", " + word(deletion.manner());
      case AT_END, SOON, LATE ->
          "%d ms after the end, %s".formatted(deletion.delay().toMillis(), word(deletion.manner()));
    };
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static <T> T pick(SplittableRandom random, T[] values) {
    return values[random.nextInt(values.length)];
  }

  private static Duration millis(SplittableRandom random, int from, int to) {
    return Duration.ofMillis(random.nextInt(from, to));
  }
}
