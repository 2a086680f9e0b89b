package dev.cairn;

/** Starts Cairn. */
public final class Main {

  private Main() {}

  /** Prints the version. */
  public static void main(String[] arguments) {
    String version = Main.class.getPackage().getImplementationVersion();
    System.out.println("cairn " + (version == null ? "(from classes)" : version));
  }
}
