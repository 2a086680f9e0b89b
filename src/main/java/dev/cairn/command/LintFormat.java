package dev.cairn.command;

/** The forms in which {@code lint} tells what it found. */
enum LintFormat {
  TEXT,
  JSON,
  SARIF,
  GITHUB
}
