package io.multijob.servo;

import io.multijob.servo.ServoConfig.AdmissionSettings;
import io.multijob.servo.adjustment.AdjustSettings;
import io.multijob.servo.adjustment.Mode;
import io.multijob.servo.adjustment.ResourceName;
import io.multijob.servo.adjustment.SettingRange;
import io.multijob.servo.adjustment.Target;
import io.multijob.servo.certificate.Keeping;
import io.multijob.servo.injection.PodmonImage;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Reads the settings about what is done to pods before they start.
final class AdmissionReader {
  private static final Duration LONGEST_BUDGET = Duration.ofMillis(2_500);
  private static final String POSTS_PORT = "8080";

  private final SettingsReader settings;

  AdmissionReader(SettingsReader settings) {
    this.settings = settings;
  }

  /// Nothing if one of them is wrong.
  Optional<AdmissionSettings> read() {
    Optional<AdmissionMode> mode =
        settings.read(Setting.ADMISSION, SettingValues.oneOf(AdmissionMode.class));
    Optional<List<InetSocketAddress>> listen =
        settings.read(Setting.ADMISSION_LISTEN, SettingValues::listener);
    Optional<List<Keeping.Given>> certificate = certificate();
    Optional<List<PodmonImage>> image = settings.read(Setting.PODMON_KIND, this::image);
    Optional<KubeletStats> kubelets =
        settings.read(Setting.KUBELET_STATS, SettingValues.oneOf(KubeletStats.class));
    Optional<Duration> budget =
        settings.read(Setting.CONVERSATION_BUDGET, text -> budget(text, mode));
    Optional<AdjustSettings> adjust = adjust();
    if (mode.isEmpty()
        || listen.isEmpty()
        || certificate.isEmpty()
        || image.isEmpty()
        || kubelets.isEmpty()
        || budget.isEmpty()
        || adjust.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new AdmissionSettings(
            mode.get(),
            mode.get().listens() ? listen.get() : List.of(),
            certificate.get(),
            image.get(),
            kubelets.get(),
            reportTarget(),
            budget.get(),
            adjust.get()));
  }

  /// The API server waits for the webhook for three seconds, and then lets the pod go without us.
  private static Duration budget(String text, Optional<AdmissionMode> mode) {
    Duration budget = SettingValues.duration(text);
    boolean asked = mode.isEmpty() || mode.get().listens();
    if (asked && budget.compareTo(LONGEST_BUDGET) > 0) {
      throw new IllegalArgumentException(
          "expected at most 2500ms, because the API server waits 3s for the webhook, found \""
              + text
              + '"');
    }
    return budget;
  }

  private Optional<List<Keeping.Given>> certificate() {
    String chain = settings.text(Setting.ADMISSION_CERT);
    String key = settings.text(Setting.ADMISSION_KEY);
    if (chain.isEmpty() != key.isEmpty()) {
      settings.problem(
          chain.isEmpty() ? Setting.ADMISSION_CERT : Setting.ADMISSION_KEY,
          "not set, though " + (chain.isEmpty() ? "ADMISSION_KEY" : "ADMISSION_CERT") + " is");
      return Optional.empty();
    }
    if (chain.isEmpty()) {
      return Optional.of(List.of());
    }
    Optional<Path> chainFile = settings.read(Setting.ADMISSION_CERT, Path::of);
    Optional<Path> keyFile = settings.read(Setting.ADMISSION_KEY, Path::of);
    return chainFile.flatMap(
        first -> keyFile.map(second -> List.of(new Keeping.Given(first, second))));
  }

  private List<PodmonImage> image(String kind) {
    String name = settings.text(Setting.OPTUNE_SLEEPER_IMG);
    if (name.isEmpty()) {
      return List.of();
    }
    return switch (kind.toLowerCase(Locale.ROOT)) {
      case "auto" -> List.of(PodmonImage.of(name));
      case "podmon" -> List.of(new PodmonImage(name, PodmonImage.Kind.PODMON));
      case "sleeper" -> List.of(new PodmonImage(name, PodmonImage.Kind.SLEEPER));
      default ->
          throw new IllegalArgumentException(
              "expected auto, podmon or sleeper, found \"" + kind + '"');
    };
  }

  /// Only where we listen for posts is there someone to post to.
  private String reportTarget() {
    String address = settings.text(Setting.SELF_IP);
    String listen = settings.text(Setting.STATS_LISTEN);
    if (address.isEmpty() || listen.equals(SettingValues.NONE)) {
      return "";
    }
    String port = listen.isEmpty() ? POSTS_PORT : listen.substring(listen.lastIndexOf(':') + 1);
    if (port.equals(POSTS_PORT)) {
      return address; // podmon, as the original's, knows the port
    }
    String literal = address.contains(":") ? "[" + address + "]" : address;
    return literal + ":" + port;
  }

  private Optional<AdjustSettings> adjust() {
    Optional<Mode> mode = settings.read(Setting.ADJUST_MODE, SettingValues.oneOf(Mode.class));
    Optional<Target> target =
        settings.read(Setting.ADJUST_TARGET, SettingValues.oneOf(Target.class));
    Optional<List<SettingRange>> cpu = range(Setting.ADJUST_CPU, ResourceName.CPU);
    Optional<List<SettingRange>> memory = range(Setting.ADJUST_MEM, ResourceName.MEMORY);
    if (mode.isEmpty() || target.isEmpty() || cpu.isEmpty() || memory.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(new AdjustSettings(mode.get(), target.get(), cpu.get(), memory.get()));
  }

  private Optional<List<SettingRange>> range(Setting setting, ResourceName resource) {
    return settings.read(
        setting, text -> text.isEmpty() ? List.of() : List.of(SettingRange.parse(resource, text)));
  }
}
