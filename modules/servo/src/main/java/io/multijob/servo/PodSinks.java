package io.multijob.servo;

import io.multijob.servo.pod.Pod;
import io.multijob.servo.watch.PodSink;
import io.multijob.servo.watch.Scope;
import java.util.List;

/// Several who are told what is seen of pods, one after another.
record PodSinks(List<PodSink> all) implements PodSink {

  PodSinks {
    all = List.copyOf(all);
  }

  @Override
  public void listing(Scope scope) {
    all.forEach(sink -> sink.listing(scope));
  }

  @Override
  public void seen(Pod pod) throws InterruptedException {
    for (PodSink sink : all) {
      sink.seen(pod);
    }
  }

  @Override
  public void gone(Pod pod) throws InterruptedException {
    for (PodSink sink : all) {
      sink.gone(pod);
    }
  }

  @Override
  public void listed(Scope scope) throws InterruptedException {
    for (PodSink sink : all) {
      sink.listed(scope);
    }
  }
}
