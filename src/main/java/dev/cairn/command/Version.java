package dev.cairn.command;

import picocli.CommandLine.IVersionProvider;

/** The version as {@code --version} prints it. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {"cairn " + number()};
  }

  /** The version alone. */
  String number() {
    String version = Version.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }
}
