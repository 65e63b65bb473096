package io.multijob.servo.mark;

import io.multijob.servo.pod.PodRef;

/// A mark that is to be written.
record MarkTask(PodRef pod, Mark mark) {}
