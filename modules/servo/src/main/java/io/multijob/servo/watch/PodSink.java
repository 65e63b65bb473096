package io.multijob.servo.watch;

import io.multijob.servo.pod.Pod;

/// Is told what is seen of pods as projections, by each watch from its own thread.
public interface PodSink extends ObjectSink<Pod> {}
