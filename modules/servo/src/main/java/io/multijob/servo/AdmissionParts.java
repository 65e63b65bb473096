package io.multijob.servo;

import io.multijob.protocol.Description;
import io.multijob.servo.admission.Admitting;
import io.multijob.servo.admission.Conversation;
import io.multijob.servo.admission.Hearing;
import io.multijob.servo.admission.NamespaceFacts;
import io.multijob.servo.admission.PodAdmission;
import io.multijob.servo.admission.PodAdmission.Finalizer;
import io.multijob.servo.admission.PodRules;
import io.multijob.servo.admission.ReviewHandler;
import io.multijob.servo.certificate.Certificates;
import io.multijob.servo.conversation.Agreement;
import io.multijob.servo.conversation.Conversations;
import io.multijob.servo.conversation.KeptAdjustments;
import io.multijob.servo.conversation.UnfitAdjustments;
import io.multijob.servo.injection.Hosting;
import io.multijob.servo.injection.Injection;
import io.multijob.servo.kubernetes.ClusterFeatures;
import io.multijob.servo.mark.HoldKeeper;
import io.multijob.servo.observe.ServoMetrics;
import io.multijob.servo.policy.SettingsKeeper;
import io.multijob.servo.report.OptuneClient;
import io.multijob.servo.restraint.ChangeSource;
import io.multijob.servo.restraint.EventNotices;
import io.multijob.servo.restraint.RefusalWatch;
import io.multijob.servo.restraint.Restraints;
import io.multijob.servo.watch.Scope;
import io.multijob.servo.watch.WatchTiming;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// All that changes pods before they start, in every replica, whether it acts or not.
///
/// What is to be done is found out beside the start ([AdmissionWays]): until then the webhook
/// answers 503, and pods go unchanged.
///
/// Thread-safe.
final class AdmissionParts implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AdmissionParts.class);

  /// How long it may take to know what is forbidden in which namespace, before pods are changed.
  private static final Duration FIRST_LOOK = Duration.ofSeconds(3);

  /// What a conversation may take longer than its budget, before the pod goes without.
  private static final Duration GRACE = Duration.ofMillis(200);

  private final Closer closer = new Closer();
  private final ServoConfig config;
  private final Resources resources;
  private final ServoMetrics metrics;
  private final Consumer<Opened> opened;
  private final LateHandler reviews;

  private final KeptAdjustments kept;
  private final Conversations conversations;
  private final UnfitAdjustments unfit;
  private final NamespaceFacts facts;
  private final SettingsKeeper keeper;
  private final Restraints restraints;
  private final List<Certificates> certificates;
  private final AdmissionWays ways;

  private volatile Optional<Opened> open = Optional.empty();

  /// What is done with pods here.
  ///
  /// @param mode how they are changed; [AdmissionMode#NONE] where only initializers are served
  record Opened(ClusterFeatures features, AdmissionMode mode, PodAdmission core, Admitting desk) {}

  /// @param reviews is made to answer the API server
  /// @param leading says whether this replica acts, and wakes who delivers
  /// @param opened is told when pods begin to be changed, and when more ways are found
  AdmissionParts(
      ServoConfig config,
      Resources resources,
      ServoMetrics metrics,
      LateHandler reviews,
      UnfitAdjustments.Deliveries leading,
      Consumer<Opened> opened,
      InstantSource clock) {
    this.config = config;
    this.resources = resources;
    this.metrics = metrics;
    this.reviews = reviews;
    this.opened = opened;
    this.kept = closer.add(KeptAdjustments.open(config.state().directory()));
    OptuneClient client = resources.service();
    this.unfit = closer.add(new UnfitAdjustments(kept, client, resources.outbox(), leading, clock));
    this.conversations =
        closer.add(
            new Conversations(
                client,
                kept,
                Conversations.Timing.of(config.admission().budget()),
                metrics.conversations(),
                clock));
    metrics.conversations().show(conversations, kept);
    this.facts = closer.add(new NamespaceFacts(resources.api(), namespaces()));
    this.keeper = closer.add(new SettingsKeeper(resources.api(), metrics.settings(), clock));
    this.restraints =
        new Restraints(
            config.admission().mode() == AdmissionMode.WEBHOOK
                ? Restraints.Injecting.BY_APP
                : Restraints.Injecting.BY_NAMESPACE,
            clock);
    restraints.tell(metrics.restraints());
    restraints.tell(new RestraintReports(settings(), conversations, unfit));
    this.certificates =
        resources.reviews().isEmpty()
            ? List.of()
            : List.of(closer.add(new Certificates(resources.api(), resources.keeping(), clock)));
    certificates.forEach(each -> resources.identity().become(each::identity));
    closer.add(reviews);
    this.ways =
        closer.add(new AdmissionWays(resources.api(), config.admission().mode(), this::begin));
  }

  void start() {
    ways.start();
  }

  /// What pods are changed by now, if they are.
  Optional<Opened> opened() {
    return open;
  }

  Conversations conversations() {
    return conversations;
  }

  UnfitAdjustments unfit() {
    return unfit;
  }

  NamespaceFacts facts() {
    return facts;
  }

  /// Keeps settings for the policy, once there is one.
  NextSettings settings() {
    return (namespace, appId, settings) -> {
      if (keeps()) {
        keeper.put(namespace, appId, settings);
      }
    };
  }

  /// Whether a policy has settings for the app's pods.
  boolean hasSettings(String namespace, String appId) throws IOException, InterruptedException {
    return keeps() && keeper.has(namespace, appId);
  }

  Restraints restraints() {
    return restraints;
  }

  /// What keeps pods from being changed as was asked for.
  Optional<String> problem() {
    boolean asked = config.admission().mode() != AdmissionMode.AUTO;
    return asked ? trouble() : Optional.empty();
  }

  /// How it stands, for a person.
  String note() {
    String certificate =
        certificates.stream().map(Certificates::note).collect(Collectors.joining());
    return trouble().orElse(ways.state())
        + (serves() && !certificate.isEmpty() ? "; certificate " + certificate : "")
        + conversations.problem().map(problem -> "; service: " + problem).orElse("");
  }

  @Override
  public void close() {
    closer.close();
  }

  private Optional<String> trouble() {
    if (open.isEmpty()) {
      return Optional.of(ways.state());
    }
    if (keeps() && keeper.problem().isPresent()) {
      return keeper.problem();
    }
    return serves()
        ? certificates.stream().map(Certificates::problem).flatMap(Optional::stream).findFirst()
        : Optional.empty();
  }

  private boolean serves() {
    return open.map(Opened::mode).filter(AdmissionMode::listens).isPresent();
  }

  private boolean keeps() {
    return open.map(Opened::mode).filter(AdmissionMode::byPolicy).isPresent();
  }

  /// Begins to change pods so; what has begun goes on.
  private void begin(ClusterFeatures features, AdmissionMode mode) throws InterruptedException {
    Opened now = open.isPresent() ? open.get() : make(features);
    Opened next = new Opened(features, mode, now.core(), now.desk());
    if (open.isEmpty()) {
      conversations.start();
      facts.start();
      facts.awaitFirst(FIRST_LOOK);
      closer.add(new EventNotices(resources.api(), restraints)).start();
      if (!certificates.isEmpty() && !features.initializers()) {
        reviews.become(new ReviewHandler(next.desk()));
      }
    }
    boolean served = serves();
    boolean keptBefore = keeps();
    open = Optional.of(next);
    if (serves() && !served) {
      certificates.forEach(Certificates::start);
      hearOfRefusals();
    }
    if (keeps() && !keptBefore) {
      keeper.start();
    }
    tell(next);
  }

  /// Who acts may stop at this moment: the next one looks for itself at what is open.
  private void tell(Opened next) {
    try {
      opened.accept(next);
    } catch (RuntimeException e) {
      LOG.atWarn().setCause(e).log("Replica that acts does not take part in admission");
    }
  }

  /// Each replica knows of what it has changed itself.
  private void hearOfRefusals() {
    for (Scope scope : Acting.scopes(config, resources)) {
      closer
          .add(
              new RefusalWatch(
                  scope, resources.api(), WatchTiming.DEFAULT, ChangeSource.NONE, restraints))
          .start();
    }
  }

  private Opened make(ClusterFeatures features) {
    Hosting hosting = features.nativeSidecars() ? Hosting.NATIVE_SIDECAR : Hosting.LAST_CONTAINER;
    List<Injection> injection =
        config.admission().image().stream()
            .map(image -> new Injection(image, hosting, config.admission().reportTarget()))
            .toList();
    PodAdmission core =
        new PodAdmission(
            new PodRules(namespaces(), config.pods().appId()),
            injection,
            config.admission().adjust(),
            config.marks().holds().holding() == HoldKeeper.Holding.ON
                ? Finalizer.PUT_IN
                : Finalizer.LEFT_OUT);
    Hearing hearing =
        new Hearing(conversation(), unfit::failed, config.admission().budget().plus(GRACE));
    Admitting desk =
        new Admitting(
            core,
            facts,
            new Restrained(restraints),
            hearing,
            new AdmissionNotes(metrics.admission(), settings(), restraints));
    return new Opened(features, AdmissionMode.NONE, core, desk);
  }

  private Conversation conversation() {
    return new Conversation() {
      @Override
      public Agreement before(String appId, Supplier<Description> description) {
        return conversations.before(appId, description);
      }

      @Override
      public Agreement withoutAsking(String appId) {
        return conversations.withoutAsking(appId);
      }
    };
  }

  private Set<String> namespaces() {
    Set<Scope> scopes = Acting.scopes(config, resources);
    return scopes.stream().map(Scope::namespace).collect(Collectors.toUnmodifiableSet());
  }
}
