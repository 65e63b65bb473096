package io.multijob.servo.mark;

/// Writes one mark. Called by many threads.
@FunctionalInterface
interface MarkWriter {
  MarkResult write(MarkTask task) throws InterruptedException;
}
