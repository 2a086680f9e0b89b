package dev.cairn.command;

import picocli.CommandLine.IVersionProvider;

/** The version as {@code --version} prints it. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    String version = Version.class.getPackage().getImplementationVersion();
    return new String[] {"cairn " + (version == null ? "development" : version)};
  }
}
