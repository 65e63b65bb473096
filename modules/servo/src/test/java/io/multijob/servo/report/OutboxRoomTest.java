package io.multijob.servo.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class OutboxRoomTest {
  private static final long LIMIT = 1_000;

  private final AtomicLong used = new AtomicLong();
  private final AtomicLong disk = new AtomicLong(100_000);
  private final OutboxRoom room = new OutboxRoom(used::get, disk::get, LIMIT);

  @Test
  void warnsWhenLessThanAQuarterOfTheLimitIsLeft() throws IOException {
    used.set(750);
    room.look();
    assertThat(room.warning()).isEmpty();

    used.set(751);
    room.look();
    assertThat(room.warning()).hasValue("room for 249 bytes more of reports");

    used.set(10);
    room.look();
    assertThat(room.warning()).isEmpty();
  }

  @Test
  void warnsWhenTheDiskHasNoMore() throws IOException {
    disk.set(20);
    room.look();

    assertThat(room.left()).isEqualTo(20);
    assertThat(room.warning()).isPresent();
  }

  @Test
  void hasNoRoomBeyondTheLimit() throws IOException {
    used.set(2_000);

    assertThat(room.left()).isZero();
  }
}
