package dev.cairn.journal;

import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * Which process this is, as others see it in the journal.
 *
 * @param pid its number
 * @param host its machine's name
 */
public record ProcessIdentity(long pid, String host) {

  /** This process. */
  public static ProcessIdentity current() {
    return new ProcessIdentity(ProcessHandle.current().pid(), hostName());
  }

  /** Whether a process of this machine is alive. */
  public boolean isAlive(long other) {
    return ProcessHandle.of(other).map(ProcessHandle::isAlive).orElse(false);
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException nameless) {
      return "localhost";
    }
  }
}
