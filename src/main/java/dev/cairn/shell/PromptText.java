package dev.cairn.shell;

import dev.cairn.command.Session;
import dev.cairn.report.TerminalText;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;

/**
 * What stands before the cursor.
 *
 * @param database the open database's name, empty where none is open
 * @param live whether it is live
 * @param inTransaction whether the person has a transaction open
 */
record PromptText(String database, boolean live, boolean inTransaction) {
  /** Beyond this a name is cut: the line is the person's. */
  private static final int LONGEST_NAME = 40;

  static PromptText of(Session session) {
    return session.hasDatabase()
        ? new PromptText(
            session.database().name(), session.database().live(), session.inTransaction())
        : new PromptText("", false, false);
  }

  /** The prompt: {@code cairn liveone.db LIVE*> }. */
  AttributedString text(boolean colour) {
    AttributedStringBuilder text = new AttributedStringBuilder();
    text.append("cairn");
    if (!database.isEmpty()) {
      text.append(" ").append(shortened(TerminalText.escape(database)));
    }
    if (live) {
      text.append(" ");
      text.append("LIVE", colour ? AttributedStyle.BOLD.foreground(AttributedStyle.RED) : plain());
    }
    return text.append(inTransaction ? "*" : "").append("> ").toAttributedString();
  }

  private static AttributedStyle plain() {
    return AttributedStyle.DEFAULT;
  }

  private static String shortened(String name) {
    return name.codePointCount(0, name.length()) <= LONGEST_NAME
        ? name
        : name.substring(0, name.offsetByCodePoints(0, LONGEST_NAME - 3)) + "...";
  }
}
