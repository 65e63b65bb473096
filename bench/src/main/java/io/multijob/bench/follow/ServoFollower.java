package io.multijob.bench.follow;

import io.multijob.servo.kubernetes.ClusterAccess.Kubeconfig;
import io.multijob.servo.kubernetes.KubernetesApi;
import io.multijob.servo.pod.AppIdPath;
import io.multijob.servo.pod.Pod;
import io.multijob.servo.watch.PodSink;
import io.multijob.servo.watch.PodSource;
import io.multijob.servo.watch.PodWatcher;
import io.multijob.servo.watch.Scope;
import io.multijob.servo.watch.WatchListener;
import io.multijob.servo.watch.WatchProblem;
import io.multijob.servo.watch.WatchTiming;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The servo's own list and watch: the client as it opens it, one watcher for a namespace, and the
/// projections that come out of them.
public final class ServoFollower implements Follower {
  private static final String APP_ID = "spec/containers/0/env/[JOBID]";

  private final KubernetesApi api;
  private final Map<String, Pod> pods = new ConcurrentHashMap<>();
  private final List<PodWatcher> watchers = new ArrayList<>();
  private volatile long events; // written by the watcher's thread

  private ServoFollower(KubernetesApi api) {
    this.api = api;
  }

  /// Makes the client; nothing is sent yet.
  public static ServoFollower open(Path kubeconfig) throws IOException {
    return new ServoFollower(KubernetesApi.open(new Kubeconfig(List.of(kubeconfig))));
  }

  @Override
  public void follow(String namespace) {
    PodSource source = new PodSource(api, AppIdPath.parse(APP_ID), WatchTiming.DEFAULT);
    PodWatcher watcher = new PodWatcher(new Scope(namespace), source, new Keeper(), new Silent());
    watchers.add(watcher);
    watcher.start();
  }

  @Override
  public long events() {
    return events;
  }

  @Override
  public int kept() {
    return pods.size();
  }

  @Override
  public void close() {
    watchers.forEach(PodWatcher::close);
    api.close();
  }

  /// Keeps every pod that lives.
  private final class Keeper implements PodSink {
    @Override
    public void listing(Scope scope) {}

    @Override
    @SuppressWarnings("NonAtomicVolatileUpdate") // one watcher at a time has events
    public void seen(Pod pod) {
      pods.put(pod.uid(), pod);
      events++;
    }

    @Override
    @SuppressWarnings("NonAtomicVolatileUpdate")
    public void gone(Pod pod) {
      pods.remove(pod.uid());
      events++;
    }

    @Override
    public void listed(Scope scope) {}
  }

  private static final class Silent implements WatchListener {
    @Override
    public void received(Scope scope) {}

    @Override
    public void listed(Scope scope, int pods) {}

    @Override
    public void watching(Scope scope) {}

    @Override
    public void failed(Scope scope, WatchProblem problem, int failures) {
      System.err.println("watch of " + scope + " failed: " + problem);
    }
  }
}
