package io.multijob.e2e.chaos;

import io.multijob.e2e.chaos.ledger.Rules.State;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayDeque;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.Set;

/// What the trial is asked for.
///
/// @param size how long it goes on at least
/// @param rate pods a second
/// @param faults what goes wrong
/// @param state what becomes of the servo's disk at each kill
/// @param holding whether the servo is asked to hold its pods
/// @param margin see [io.multijob.e2e.chaos.ledger.Rules]
/// @param seed of all that is drawn
record ChaosOptions(
    Size size,
    double rate,
    Set<Trouble> faults,
    State state,
    Holding holding,
    Duration margin,
    long seed) {
  static final String USAGE =
      """
      usage: scripts/chaos [OPTION...]

        --duration=TIME     how long at least, such as 90s, 10m or 1h (70s)
        --pods=N            how many pods at least (what comes at that rate in that time)
        --rate=N            pods a second (100)
        --kills=N           how often the servo is killed at least (10; 0 with --no-faults=servo)
        --no-faults[=LIST]  what shall not go wrong, parted by commas: servo, api, watch, service; all
        --empty-state       the servo's disk is emptied at each kill
        --away=TIME         instead of faults: as many runs as come at that rate in TIME, made as fast as the
                              cluster takes them, while the service is away; then it comes back
        --hold              the servo holds its pods until it has measured them (HOLD_PODS)
        --margin=TIME       how long a servo that is well may take to store what it is told (2s)
        --seed=N            of all that is drawn; the same seed draws the same pods (a new one)

      Exits with 0 when every run was reported and none twice, with 1 when not, with 2 for a wrong option.
      """;

  private static final Duration DURATION = Duration.ofSeconds(70);
  private static final int KILLS = 10;
  private static final double RATE = 100;
  private static final Duration MARGIN = Duration.ofSeconds(2);

  /// How long a kill with all that belongs to it takes, when only their number is given.
  private static final Duration PER_KILL = Duration.ofSeconds(7);

  ChaosOptions {
    faults = Set.copyOf(faults);
  }

  /// How long the trial goes on: until all of these are reached.
  record Size(Duration duration, int pods, int kills) {}

  /// What can go wrong.
  enum Trouble {
    SERVO,
    API,
    WATCH,
    SERVICE,
    /// The service is away from the first pod until the last, and nothing else goes wrong.
    ABSENCE
  }

  /// Whether the servo is asked to hold its pods.
  enum Holding {
    OFF,
    ON
  }

  /// @param arguments the command line's
  /// @param seed in case none is given
  static ChaosOptions parse(List<String> arguments, long seed) throws UsageException {
    Given given = new Given(seed);
    Queue<String> left = new ArrayDeque<>(arguments);
    while (!left.isEmpty()) {
      String[] option = left.remove().split("=", 2);
      boolean apart = option.length == 1 && Given.VALUED.contains(option[0]) && !left.isEmpty();
      given.take(option[0], apart ? left.remove() : option.length == 2 ? option[1] : "");
    }
    return given.options();
  }

  /// What was given so far. Not thread-safe.
  private static final class Given {
    static final Set<String> VALUED =
        Set.of("--duration", "--pods", "--rate", "--kills", "--away", "--margin", "--seed");

    private final Set<Trouble> faults = EnumSet.complementOf(EnumSet.of(Trouble.ABSENCE));
    private Duration duration = Duration.ZERO; // none given
    private Duration away = Duration.ZERO; // not at all
    private int pods;
    private int kills;
    private double rate = RATE;
    private State state = State.KEPT;
    private Holding holding = Holding.OFF;
    private Duration margin = MARGIN;
    private long seed;

    Given(long seed) {
      this.seed = seed;
    }

    void take(String option, String value) throws UsageException {
      switch (option) {
        case "--duration" -> duration = time(option, value);
        case "--pods" -> pods = Math.toIntExact(number(option, value, 1));
        case "--rate" -> rate = number(option, value, 1);
        case "--kills" -> kills = Math.toIntExact(number(option, value, 0));
        case "--away" -> away = time(option, value);
        case "--margin" -> margin = time(option, value);
        case "--seed" -> seed = number(option, value, Long.MIN_VALUE);
        case "--no-faults" -> faults.removeAll(troubles(value));
        case "--empty-state" -> state = State.EMPTIED;
        case "--hold" -> holding = Holding.ON;
        default -> throw new UsageException("there is no option " + option);
      }
    }

    ChaosOptions options() {
      if (away.isPositive()) {
        Size size = new Size(Duration.ZERO, (int) Math.round(rate * away.toSeconds()), 0);
        Set<Trouble> absence = Set.of(Trouble.ABSENCE);
        return new ChaosOptions(size, rate, absence, state, holding, margin, seed);
      }
      return new ChaosOptions(size(), rate, faults, state, holding, margin, seed);
    }

    private Size size() {
      boolean killed = faults.contains(Trouble.SERVO);
      Duration time = duration;
      if (time.isZero() && pods > 0) {
        time = Duration.ofMillis(Math.round(pods / rate * 1_000));
      }
      if (time.isZero()) {
        time = killed && kills > 0 ? PER_KILL.multipliedBy(kills) : DURATION;
      }
      int ofServo =
          kills > 0 ? kills : Math.max(1, (int) (KILLS * time.toMillis() / DURATION.toMillis()));
      return new Size(time, pods, killed ? ofServo : 0);
    }

    private static Set<Trouble> troubles(String value) throws UsageException {
      if (value.isEmpty()) {
        return EnumSet.allOf(Trouble.class);
      }
      Set<Trouble> troubles = EnumSet.noneOf(Trouble.class);
      for (String name : value.split(",", -1)) {
        try {
          troubles.add(Trouble.valueOf(name.strip().toUpperCase(Locale.ROOT)));
        } catch (IllegalArgumentException e) {
          throw new UsageException(
              "--no-faults: expected servo, api, watch or service, found '%s'".formatted(name));
        }
      }
      return troubles;
    }

    private static long number(String option, String value, long least) throws UsageException {
      try {
        long number = Long.parseLong(value);
        if (number >= least) {
          return number;
        }
      } catch (NumberFormatException e) {
        // said below
      }
      throw new UsageException("%s: expected a whole number, found '%s'".formatted(option, value));
    }

    private static Duration time(String option, String value) throws UsageException {
      try {
        return Duration.parse("PT" + value);
      } catch (DateTimeParseException e) {
        throw new UsageException(
            "%s: expected a time such as 90s or 10m, found '%s'".formatted(option, value));
      }
    }
  }
}
