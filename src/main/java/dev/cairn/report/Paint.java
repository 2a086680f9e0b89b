package dev.cairn.report;

/** Puts colour on text where the terminal wants it. */
record Paint(boolean on) {

  String bold(String text) {
    return painted("1", text);
  }

  String dim(String text) {
    return painted("2", text);
  }

  String alarming(String text) {
    return painted("1;31", text);
  }

  private String painted(String code, String text) {
    return on && !text.isEmpty() ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
  }
}
