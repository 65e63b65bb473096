package io.multijob.cli;

import java.util.Objects;
import picocli.CommandLine.IVersionProvider;

/// The version from the jar's manifest.
final class Version implements IVersionProvider {

  @Override
  public String[] getVersion() {
    return new String[] {"servo " + number()};
  }

  static String number() {
    return Objects.requireNonNullElse(Version.class.getPackage().getImplementationVersion(), "dev");
  }
}
