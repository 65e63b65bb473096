package io.multijob.servo.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class PassLoopTest {

  @Test
  void makesOnePassAfterTheOther() throws Exception {
    SynchronousQueue<String> passes = new SynchronousQueue<>();

    try (PassLoop loop = new PassLoop("test", () -> passes.put("pass"))) {
      loop.start();

      assertThat(passes.take()).isEqualTo("pass");
      assertThat(passes.take()).isEqualTo("pass");
    }
  }

  @Test
  void goesOnAfterAPassThatFailed() throws Exception {
    CountDownLatch passes = new CountDownLatch(3);

    try (PassLoop loop = new PassLoop("test", () -> fail(passes), Duration.ZERO)) {
      loop.start();

      assertThat(passes.await(20, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void interruptsThePassUnderWayAndBeginsNoOther() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    AtomicInteger passes = new AtomicInteger();
    AtomicInteger interrupted = new AtomicInteger();
    PassLoop loop =
        new PassLoop(
            "test",
            () -> {
              passes.incrementAndGet();
              begun.countDown();
              try {
                Thread.sleep(Duration.ofDays(1));
              } catch (InterruptedException e) {
                interrupted.incrementAndGet();
                throw e;
              }
            });
    loop.start();
    begun.await();

    loop.close();

    assertThat(interrupted).hasValue(1);
    assertThat(passes).hasValue(1);
  }

  @Test
  void endsWhereAPassHasSwallowedTheInterrupt() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    AtomicInteger after = new AtomicInteger();
    PassLoop loop =
        new PassLoop(
            "test",
            () -> {
              begun.countDown();
              after.incrementAndGet();
              while (!Thread.interrupted()) {
                Thread.onSpinWait();
              }
            });
    loop.start();
    begun.await();

    loop.close();

    assertThat(after).hasValue(1);
  }

  @Test
  void canBeClosedWithoutHavingStarted() {
    AtomicInteger passes = new AtomicInteger();

    new PassLoop("test", passes::incrementAndGet).close();

    assertThat(passes).hasValue(0);
  }

  private static void fail(CountDownLatch passes) {
    passes.countDown();
    throw new IllegalStateException("as the test wants it");
  }
}
