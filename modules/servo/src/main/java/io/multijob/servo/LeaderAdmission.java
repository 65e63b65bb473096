package io.multijob.servo;

import io.multijob.protocol.Command;
import io.multijob.servo.AdmissionParts.Opened;
import io.multijob.servo.conversation.AdjustmentTeller;
import io.multijob.servo.conversation.SeenPods;
import io.multijob.servo.initializer.InitializerTiming;
import io.multijob.servo.initializer.Initializers;
import io.multijob.servo.observe.ServoMetrics;
import io.multijob.servo.pod.Pod;
import io.multijob.servo.pod.PodRef;
import io.multijob.servo.report.Report;
import io.multijob.servo.restraint.ImageWaits;
import io.multijob.servo.restraint.JobTemplates;
import io.multijob.servo.restraint.NamespaceLabels;
import io.multijob.servo.restraint.RefusalWatch;
import io.multijob.servo.watch.PodSink;
import io.multijob.servo.watch.Scope;
import io.multijob.servo.watch.WatchTiming;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/// What only the replica that acts does about the start of pods: tells the service of those that
/// were adjusted, speaks with it about those that nobody asked for before, sees where we do harm,
/// and is the initializer of old clusters.
///
/// Thread-safe.
final class LeaderAdmission implements AutoCloseable {
  private final Closer closer = new Closer();
  private final ServoConfig config;
  private final Resources resources;
  private final AdmissionParts parts;
  private final ServoMetrics metrics;
  private final Set<Scope> scopes;
  private final InstantSource clock;
  private final AdjustmentTeller teller;
  private final SeenPods seenPods;
  private final ImageWaits imageWaits;

  private final AtomicBoolean begun = new AtomicBoolean();
  private final AtomicBoolean hearing = new AtomicBoolean();
  private volatile Optional<Initializers> initializers = Optional.empty();

  /// @param wake is run when there is more to be delivered
  LeaderAdmission(
      ServoConfig config,
      Resources resources,
      AdmissionParts parts,
      ServoMetrics metrics,
      Runnable wake,
      InstantSource clock) {
    this.config = config;
    this.resources = resources;
    this.parts = parts;
    this.metrics = metrics;
    this.scopes = Acting.scopes(config, resources);
    this.clock = clock;
    this.imageWaits = new ImageWaits(parts.restraints());
    this.seenPods =
        closer.add(
            new SeenPods(parts.conversations(), new SettingsDesk(resources.api(), parts), clock));
    this.teller =
        closer.add(
            new AdjustmentTeller(
                resources.outbox(), wake, parts.conversations(), this::wanted, clock));
  }

  /// Takes what the watches tell, beside others.
  List<PodSink> sinks() {
    return List.of(imageWaits, new Sight());
  }

  /// The service has acknowledged a report, of whatever kind.
  void acknowledged(Report report) {
    teller.acknowledged(report);
  }

  /// Pods are changed from now on. Told again when more ways are found.
  void opened(Opened opened) {
    if (!opened.mode().equals(AdmissionMode.WEBHOOK) && hearing.compareAndSet(false, true)) {
      hearOfRefusals();
    }
    if (!begun.compareAndSet(false, true)) {
      return;
    }
    if (opened.features().initializers()) {
      Initializers started =
          closer.add(
              new Initializers(
                  resources.api(),
                  opened.desk()::wanted,
                  InitializerTiming.DEFAULT,
                  metrics.initializers()));
      initializers = Optional.of(started);
      started.start();
    }
    closer.add(new NamespaceLabels(resources.api(), scopes, parts.restraints(), clock)).start();
  }

  /// Nobody here is told what a policy does, or an initializer before us: it is found out by the
  /// owners of refused pods.
  private void hearOfRefusals() {
    JobTemplates templates =
        new JobTemplates(resources.api(), config.pods().appId(), parts::hasSettings);
    for (Scope scope : scopes) {
      closer
          .add(
              new RefusalWatch(
                  scope, resources.api(), WatchTiming.DEFAULT, templates, parts.restraints()))
          .start();
    }
  }

  /// What keeps pods from starting, if anything does.
  Optional<String> problem() {
    return initializers.flatMap(Initializers::problem);
  }

  @Override
  public void close() {
    closer.close();
  }

  private void wanted(String appId, PodRef pod, Command.Adjust command)
      throws InterruptedException {
    parts.restraints().settingsAreNew(appId);
    if (byPolicy()) {
      seenPods.wanted(appId, pod, command);
    }
  }

  private boolean byPolicy() {
    return parts.opened().map(Opened::mode).filter(AdmissionMode::byPolicy).isPresent();
  }

  /// Sees pods for those who speak of them.
  private final class Sight implements PodSink {

    @Override
    public void listing(Scope scope) {
      // Each pod is looked at by itself.
    }

    @Override
    public void seen(Pod pod) {
      teller.seen(pod);
      // By policy alone, or by both while no webhook answered.
      if (byPolicy() && !pod.marks().spokenOf()) {
        seenPods.seen(pod);
      }
    }

    @Override
    public void gone(Pod pod) {
      // What was said stays said.
    }

    @Override
    public void listed(Scope scope) {
      // Each pod is looked at by itself.
    }
  }
}
