package io.multijob.podmon;

import static org.assertj.core.api.Assertions.assertThat;

import io.multijob.cgroup.CgroupFiles;
import io.multijob.cgroup.Group;
import io.multijob.cgroup.Hierarchy;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class GroupAgeTest {
  private static final Instant TICK = Instant.parse("2026-03-01T12:00:00.004Z");

  private final Group group =
      new Group(Map.of(Hierarchy.MEMORY, "/memory/c", Hierarchy.CPU, "/cpu/c"));
  private final GroupAge age =
      new GroupAge(new Times(Map.of("/memory/c", TICK.plusMillis(8), "/cpu/c", TICK)));

  @Test
  void takesWhenWeWereTold() {
    Instant told = TICK.plusMillis(3);

    assertThat(age.made(group, TICK.minusMillis(90), told)).isEqualTo(told);
  }

  @Test
  void isNotDeceivedByAClockThatStandsStill() {
    Instant told = TICK.plusMillis(35);

    assertThat(age.made(group, TICK.minusMillis(90), told)).isEqualTo(told);
  }

  @Test
  void isNotDeceivedByAskingLate() {
    Instant told = TICK.plusMillis(35);

    assertThat(age.made(group, told, told)).isEqualTo(TICK.plusMillis(4));
  }

  @Test
  void isNotDeceivedByADelayThatCameBefore() {
    Instant told = TICK.minusMillis(35);

    assertThat(age.made(group, told, told)).isEqualTo(TICK);
  }

  @Test
  void takesWhenWeWereToldIfTheGroupIsGone() {
    var nothing = new GroupAge(new Times(Map.of()));

    assertThat(nothing.made(group, TICK, TICK.plusMillis(35))).isEqualTo(TICK.plusMillis(35));
  }

  @Test
  void takesTheMiddleOfTheTickForWhatWasThere() {
    assertThat(age.madeBefore(group, TICK.plusMillis(90))).isEqualTo(TICK.plusMillis(2));
  }

  @Test
  void isNotDeceivedByAGroupThatComesWhileWeLook() {
    assertThat(age.madeBefore(group, TICK.minusMillis(30))).isEqualTo(TICK.plusMillis(2));
  }

  @Test
  void knowsThatWhatWasFoundIsNotYetToBeMade() {
    assertThat(age.madeBefore(group, TICK.plusMillis(1))).isEqualTo(TICK.plusMillis(1));
  }

  /// Directories of which only the times are known.
  private record Times(Map<String, Instant> times) implements CgroupFiles {
    @Override
    public Instant modified(String directory) throws IOException {
      Instant time = times.get(directory);
      if (time == null) {
        throw new FileNotFoundException(directory);
      }
      return time;
    }

    @Override
    public String read(String path) throws IOException {
      throw new FileNotFoundException(path);
    }

    @Override
    public List<String> list(String directory) {
      return List.of();
    }

    @Override
    public boolean isDirectory(String path) {
      return times.containsKey(path);
    }
  }
}
