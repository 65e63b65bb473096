package io.multijob.protocol;

import java.util.LinkedHashMap;
import java.util.Map;

/// Reads a [Description].
final class DescriptionReader {

  private DescriptionReader() {}

  static Description read(Place param) {
    var components = new LinkedHashMap<String, Map<String, Range>>();
    param
        .member("application")
        .member("components")
        .members()
        .forEach((name, component) -> components.put(name, settings(component)));
    return new Description(components, MetricsReader.measured(param.member("metrics")));
  }

  private static Map<String, Range> settings(Place component) {
    var settings = new LinkedHashMap<String, Range>();
    component
        .member("settings")
        .members()
        .forEach((name, setting) -> settings.put(name, range(setting)));
    return settings;
  }

  private static Range range(Place setting) {
    Place type = setting.member("type");
    if (!type.text().equals("range")) {
      throw type.expected("\"range\"");
    }
    double min = setting.member("min").number().doubleValue();
    double max = setting.member("max").number().doubleValue();
    if (max < min) {
      throw setting.member("max").expected("a number of at least min");
    }
    return new Range(
        setting.member("value").number().doubleValue(),
        min,
        max,
        setting.member("step").amount().doubleValue(),
        setting.member("unit").textOrEmpty());
  }
}
