package io.multijob.bench.decode;

import io.multijob.bench.Bench;
import io.multijob.bench.Workshop;
import io.multijob.bench.child.ChildJvm;
import io.multijob.bench.decode.DecodeChild.Kept;
import io.multijob.bench.decode.DecodeChild.Kind;
import io.multijob.bench.decode.DecodeChild.Rate;
import io.multijob.bench.figure.Beside;
import io.multijob.bench.figure.Figure;
import io.multijob.bench.figure.Goal;
import io.multijob.bench.figure.Spread;
import io.multijob.bench.pod.PodLife;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Each of the two reads the same bytes in turn, in a JVM of its own with 64 MB of heap on one
/// core; the server has the other core.
public final class DecodeBench implements Bench {
  private static final String SERVER_CORE = "0";
  private static final String READER_CORE = "1";
  private static final String READER_HEAP = "-Xmx64m";
  private static final String KEEPER_HEAP = "-Xmx1g";
  private static final Duration WARM_UP = Duration.ofSeconds(8);
  private static final Duration TIME = Duration.ofSeconds(8);
  private static final int PODS = 10_000;
  private static final double EVENTS_GOAL = 15_000;
  private static final String INFORMER = "fabric8 informer";

  @Override
  public String name() {
    return "decode";
  }

  @Override
  public List<Figure> measure(Workshop workshop) throws IOException {
    try (ChildJvm server =
        ChildJvm.start(EventServer.class, SERVER_CORE, List.of("-XX:+UseSerialGC"))) {
      Path kubeconfig = workshop.directory().resolve("recorded.kubeconfig");
      Files.writeString(kubeconfig, kubeconfig(server.hear(EventServer.Url.class).url()));
      List<Rate> servo = new ArrayList<>();
      List<Rate> informer = new ArrayList<>();
      for (int round = 1; round <= workshop.rounds(); round++) {
        servo.add(rate(Kind.SERVO, kubeconfig, workshop));
        informer.add(rate(Kind.INFORMER, kubeconfig, workshop));
      }
      return figures(
          new Follows(servo, kept(Kind.SERVO, kubeconfig)),
          new Follows(informer, kept(Kind.INFORMER, kubeconfig)));
    }
  }

  /// What was measured of one kind.
  private record Follows(List<Rate> rates, Kept kept) {
    Spread events() {
      return Spread.of(rates.stream().map(Rate::events).toList());
    }

    Spread garbage() {
      return Spread.of(rates.stream().map(Rate::garbage).toList());
    }
  }

  private static Rate rate(Kind kind, Path kubeconfig, Workshop workshop) throws IOException {
    Rate rate = ask(Rate.class, READER_HEAP, "rate", kind, kubeconfig, WARM_UP, TIME);
    workshop.tell(
        "decode: %s, %,.0f events/s, %,.0f bytes of garbage an event"
            .formatted(kind.name().toLowerCase(Locale.ROOT), rate.events(), rate.garbage()));
    return rate;
  }

  private static Kept kept(Kind kind, Path kubeconfig) throws IOException {
    return ask(Kept.class, KEEPER_HEAP, "kept", kind, kubeconfig, PODS);
  }

  private static <T> T ask(Class<T> answer, String heap, Object... arguments) throws IOException {
    List<String> flags = new ArrayList<>(ChildJvm.shippedFlags());
    flags.add(heap);
    String[] texts = new String[arguments.length];
    for (int i = 0; i < texts.length; i++) {
      texts[i] = arguments[i].toString();
    }
    try (ChildJvm child = ChildJvm.start(DecodeChild.class, READER_CORE, flags, texts)) {
      return child.hear(answer);
    }
  }

  private static List<Figure> figures(Follows servo, Follows informer) throws IOException {
    return List.of(
        Figure.of(
            "decode.events",
            "events/s",
            "of %,.0f bytes, -Xmx64m, one core".formatted(PodLife.recorded().meanLength()),
            servo.events(),
            new Goal.AtLeast(EVENTS_GOAL),
            Beside.measured(INFORMER, informer.events().median())),
        Figure.plain(
            "decode.garbage",
            "bytes",
            "allocated for an event",
            servo.garbage(),
            Beside.measured(INFORMER, informer.garbage().median())),
        Figure.plain(
            "decode.kept",
            "bytes",
            "of heap that a pod occupies, of %,d".formatted(PODS),
            Spread.of(servo.kept().bytes()),
            Beside.measured(INFORMER, informer.kept().bytes())));
  }

  private static String kubeconfig(String url) {
    return """
    apiVersion: v1
    kind: Config
    clusters: [{name: recorded, cluster: {server: "%s"}}]
    users: [{name: reader, user: {}}]
    contexts: [{name: recorded, context: {cluster: recorded, user: reader}}]
    current-context: recorded
    """
        .formatted(url);
  }
}
