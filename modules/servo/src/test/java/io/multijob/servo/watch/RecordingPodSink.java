package io.multijob.servo.watch;

import io.multijob.servo.pod.Pod;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/// Remembers, one line each, what it was told of pods and of the watch.
final class RecordingPodSink implements PodSink, WatchListener {
  private final BlockingQueue<String> pods = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> watches = new LinkedBlockingQueue<>();

  /// The next thing told of pods, waited for.
  String next() throws InterruptedException {
    return pods.take();
  }

  /// The next thing told of the watch, waited for.
  String nextOfWatch() throws InterruptedException {
    return watches.take();
  }

  @Override
  public void listing(Scope scope) {
    pods.add("listing " + scope);
  }

  @Override
  public void seen(Pod pod) {
    pods.add("seen " + pod.uid() + " " + pod.status().phase());
  }

  @Override
  public void gone(Pod pod) {
    pods.add("gone " + pod.uid());
  }

  @Override
  public void listed(Scope scope) {
    pods.add("listed " + scope);
  }

  @Override
  public void received(Scope scope) {}

  @Override
  public void listed(Scope scope, int count) {
    watches.add("listed " + count);
  }

  @Override
  public void watching(Scope scope) {
    watches.add("watching");
  }

  @Override
  public void failed(Scope scope, WatchProblem problem, int failures) {
    watches.add(problem.kind() + " " + failures);
  }
}
