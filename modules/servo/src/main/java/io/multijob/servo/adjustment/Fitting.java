package io.multijob.servo.adjustment;

import io.multijob.protocol.Command;
import io.multijob.protocol.SettingValue;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One attempt to make an ADJUST fit a pod; collects all that is wrong with it.
///
/// Not thread-safe: made for one attempt.
final class Fitting {
  private final PodResources pod;
  private final Bounds bounds;
  private final Target target;
  private final Target bareTarget;
  private final List<String> problems = new ArrayList<>();

  /// @param bareTarget what is set where the author asked for neither request nor limit
  Fitting(PodResources pod, Bounds bounds, Target target, Target bareTarget) {
    this.pod = pod;
    this.bounds = bounds;
    this.target = target;
    this.bareTarget = bareTarget;
  }

  Adjusted fit(Command.Adjust command) {
    var containers = new LinkedHashMap<String, ContainerSettings>();
    command
        .components()
        .forEach((name, settings) -> {
          ContainerResources container = pod.containers().get(name);
          if (container == null) {
            problems.add("no component '" + name + "', only " + listed(pod.containers()));
          } else {
            containers.put(name, settings(name, container, settings));
          }
        });
    var settings = new PodSettings(containers);
    if (problems.isEmpty()) {
      problems.addAll(new ServerRules(bounds, pod.with(settings)).complaints(settings));
    }
    return problems.isEmpty()
        ? new Adjusted.Fit(settings)
        : new Adjusted.Unfit(String.join("; ", problems));
  }

  private ContainerSettings settings(
      String component, ContainerResources container, Map<String, SettingValue> settings) {
    Amounts amounts = Amounts.NONE;
    var environment = new LinkedHashMap<String, String>();
    for (Map.Entry<String, SettingValue> setting : settings.entrySet()) {
      String place = component + "." + setting.getKey();
      Optional<ResourceName> resource = ResourceName.ofSetting(setting.getKey());
      if (resource.isPresent()) {
        amounts = amounts.with(amounts(place, container, resource.get(), setting.getValue()));
      } else {
        variable(place, container, setting.getKey(), setting.getValue())
            .ifPresent(text -> environment.put(setting.getKey(), text));
      }
    }
    return new ContainerSettings(amounts, environment);
  }

  private Amounts amounts(
      String place, ContainerResources container, ResourceName resource, SettingValue wanted) {
    SettingRange range = bounds.range(resource, container.value(resource));
    Optional<BigDecimal> value = number(place, wanted, range);
    if (value.isEmpty()) {
      return Amounts.NONE;
    }
    if (value.get().signum() == 0) {
      problems.add(place + ": expected more than 0, found 0");
      return Amounts.NONE;
    }
    BigDecimal nearest = range.nearest(value.get());
    if (nearest.signum() == 0) {
      nearest = range.min().add(range.step()).min(range.max());
    }
    var change = new ResourceChange(resource, container.amounts(), bounds.containers());
    return change.to(
        resource.inGrains(nearest, RoundingMode.HALF_UP), change.bare() ? bareTarget : target);
  }

  private Optional<String> variable(
      String place, ContainerResources container, String name, SettingValue wanted) {
    if (Variables.isReserved(name)) {
      problems.add(place + ": reserved, a one-time pod is one");
      return Optional.empty();
    }
    Optional<BigDecimal> known =
        Optional.ofNullable(container.environment().get(name)).flatMap(Variables::number);
    if (known.isEmpty()) {
      problems.add(place + ": no such setting, nor a variable whose value is a plain number");
      return Optional.empty();
    }
    SettingRange range = Variables.range(known.get());
    return number(place, wanted, range).map(value -> Variables.text(range.nearest(value)));
  }

  private Optional<BigDecimal> number(String place, SettingValue wanted, SettingRange range) {
    Optional<BigDecimal> number = wanted.asNumber();
    if (number.isEmpty()) {
      problems.add(place + ": expected a number, found '" + shown(wanted) + "'");
    } else if (!range.contains(number.get())) {
      problems.add(
          place
              + ": expected "
              + range.min().toPlainString()
              + " to "
              + range.max().toPlainString()
              + ", found "
              + shown(wanted));
      return Optional.empty();
    }
    return number;
  }

  private static String listed(Map<String, ContainerResources> containers) {
    return containers.isEmpty() ? "none" : String.join(", ", containers.keySet());
  }

  private static String shown(SettingValue value) {
    String text = value.toString();
    return text.length() > 60 ? text.substring(0, 60) + "..." : text;
  }
}
