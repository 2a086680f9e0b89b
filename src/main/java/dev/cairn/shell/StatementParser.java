package dev.cairn.shell;

import dev.cairn.command.ScriptRunner;
import dev.cairn.sql.Flavour;
import dev.cairn.sql.Missing;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jline.reader.CompletingParsedLine;
import org.jline.reader.EOFError;
import org.jline.reader.ParsedLine;
import org.jline.reader.Parser;

/**
 * Tells JLine when a line is whole and which word the cursor is in, by our own lexer: JLine's
 * parser misreads {@code [a'b]}, backticks and dollar quotes.
 */
final class StatementParser implements Parser {
  /**
   * JLine parses every prefix of a text for its continuation prompts; beyond this many characters
   * they no longer say what is missing, or 5,000 pasted lines would take minutes.
   */
  static final int LONGEST_EXPLAINED = 10_000;

  private final ScriptRunner runner;
  private final Supplier<Flavour> flavour;

  /** A parser for what this runner runs. */
  StatementParser(ScriptRunner runner, Supplier<Flavour> flavour) {
    this.runner = runner;
    this.flavour = flavour;
  }

  @Override
  public ParsedLine parse(String line, int cursor, ParseContext context) {
    boolean explained =
        context != ParseContext.SECONDARY_PROMPT || line.length() <= LONGEST_EXPLAINED;
    if (context == ParseContext.ACCEPT_LINE || context == ParseContext.SECONDARY_PROMPT) {
      Optional<Missing> lacks = explained ? runner.missing(line) : Optional.of(Missing.NOTHING);
      if (lacks.isPresent()) {
        String what = lacks.get() == Missing.NOTHING ? "" : lacks.get().description();
        throw new EOFError(-1, -1, "the statement lacks " + what, what);
      }
    }
    if (context != ParseContext.COMPLETE) {
      return new Words(line, cursor);
    }
    Place place = Place.of(line, cursor, runner, flavour.get());
    String word = line.substring(place.start(), place.end());
    return new Words(line, cursor, List.of(word), 0, cursor - place.start());
  }

  @Override
  public boolean isEscapeChar(char character) {
    return false;
  }

  /**
   * What JLine wants to know of a line.
   *
   * @param wordCursor where the cursor stands in its word
   */
  record Words(String line, int cursor, List<String> words, int wordIndex, int wordCursor)
      implements CompletingParsedLine {

    /** A line of one word. */
    Words(String line, int cursor) {
      this(line, cursor, List.of(line), 0, cursor);
    }

    @Override
    public String word() {
      return words.get(wordIndex);
    }

    /** What is offered stands as it is to be typed, quotes and all. */
    @Override
    public CharSequence escape(CharSequence candidate, boolean complete) {
      return candidate;
    }

    @Override
    public int rawWordCursor() {
      return wordCursor;
    }

    @Override
    public int rawWordLength() {
      return word().length();
    }
  }
}
