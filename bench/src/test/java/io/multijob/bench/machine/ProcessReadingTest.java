package io.multijob.bench.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class ProcessReadingTest {
  private final long pid = ProcessHandle.current().pid();

  @Test
  void countsTheCpuTimeThatIsUsed() throws IOException {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    Duration before = ProcessReading.of(pid).cpu();
    long begin = threads.getCurrentThreadCpuTime();
    while (threads.getCurrentThreadCpuTime() - begin < 100_000_000) {
      Thread.onSpinWait();
    }

    Duration used = ProcessReading.of(pid).cpu().minus(before);

    assertThat(used).isGreaterThanOrEqualTo(Duration.ofMillis(80));
  }

  @Test
  void thePeakIsNeverBelowWhatIsResident() throws IOException {
    ProcessReading reading = ProcessReading.of(pid);

    assertThat(reading.resident()).isGreaterThan(10_000_000);
    assertThat(reading.peak()).isGreaterThanOrEqualTo(reading.resident());
  }
}
