package dev.cairn.command;

import dev.cairn.error.CairnException;

/**
 * What may stand behind {@code apply}.
 *
 * @param drift by how many source rows the plan may be off
 * @param quarantine whether refused rows are set aside
 */
record ApplyOptions(long drift, boolean quarantine) {

  static ApplyOptions parse(String rest) {
    long drift = -1;
    boolean quarantine = false;
    String[] words = rest.isBlank() ? new String[0] : rest.strip().split("\\s+");
    for (int i = 0; i < words.length; i++) {
      if (words[i].equals("--quarantine")) {
        quarantine = true;
      } else if (words[i].startsWith("--drift")) {
        boolean joined = words[i].startsWith("--drift=");
        String value = joined ? words[i].substring(8) : i + 1 < words.length ? words[++i] : "";
        drift = number(value);
      } else {
        throw CairnException.usage("apply has no '" + words[i] + "'")
            .hint("apply [--drift N] [--quarantine]");
      }
    }
    return new ApplyOptions(drift, quarantine);
  }

  private static long number(String value) {
    if (!value.matches("[0-9]{1,15}")) {
      throw CairnException.usage("--drift takes a whole number of rows, not '" + value + "'");
    }
    return Long.parseLong(value);
  }
}
