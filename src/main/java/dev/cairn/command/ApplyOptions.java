package dev.cairn.command;

import dev.cairn.error.CairnException;

/**
 * What may stand behind {@code apply}.
 *
 * @param drift by how many source rows the plan may be off
 * @param quarantine whether refused rows are set aside
 * @param onSnapshot whether it is a rehearsal on a copy
 */
record ApplyOptions(long drift, boolean quarantine, boolean onSnapshot) {

  static ApplyOptions parse(String rest) {
    long drift = -1;
    boolean quarantine = false;
    boolean onSnapshot = false;
    String[] words = rest.isBlank() ? new String[0] : rest.strip().split("\\s+");
    for (int i = 0; i < words.length; i++) {
      boolean on = words[i].equalsIgnoreCase("on") && i + 1 < words.length;
      if (on && words[i + 1].equalsIgnoreCase("snapshot")) {
        onSnapshot = true;
        i++;
      } else if (words[i].equals("--quarantine")) {
        quarantine = true;
      } else if (words[i].startsWith("--drift")) {
        boolean joined = words[i].startsWith("--drift=");
        String value = joined ? words[i].substring(8) : i + 1 < words.length ? words[++i] : "";
        drift = number(value);
      } else {
        throw CairnException.usage("apply has no '" + words[i] + "'")
            .hint("apply [on snapshot] [--drift N] [--quarantine]");
      }
    }
    return new ApplyOptions(drift, quarantine, onSnapshot);
  }

  private static long number(String value) {
    if (!value.matches("[0-9]{1,15}")) {
      throw CairnException.usage("--drift takes a whole number of rows, not '" + value + "'");
    }
    return Long.parseLong(value);
  }
}
