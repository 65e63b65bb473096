package io.multijob.cli;

import io.multijob.servo.ConfigurationException;
import io.multijob.servo.ServoConfig;
import java.util.HashMap;
import java.util.Map;

/// The settings that a manifest is made from: those of `servo run`, whose account it does not need.
final class ManifestConfig {
  private static final String ACCOUNT = "OPTUNE_ACCOUNT";

  private ManifestConfig() {}

  /// Reads the settings from the environment's variables, as [ServoConfig#from].
  ///
  /// @throws ConfigurationException with all that is wrong with them
  static ServoConfig from(Map<String, String> environment) throws ConfigurationException {
    Map<String, String> settings = new HashMap<>(environment);
    if (settings.getOrDefault(ACCOUNT, "").isBlank()) {
      settings.put(ACCOUNT, "any");
    }
    return ServoConfig.from(settings);
  }
}
