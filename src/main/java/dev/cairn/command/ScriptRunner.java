package dev.cairn.command;

import dev.cairn.catalog.Catalog;
import dev.cairn.error.CairnException;
import dev.cairn.error.ExitCode;
import dev.cairn.error.SourceSpan;
import dev.cairn.sql.Keywords;
import dev.cairn.sql.Missing;
import dev.cairn.sql.Piece;
import dev.cairn.sql.StatementShape;
import dev.cairn.sql.StatementSplitter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The one way in: {@code -c}, {@code -f}, standard input and the prompt all come through here. A
 * line whose first word is a command ends at the newline, anything else is SQL and ends at its
 * semicolon.
 */
public final class ScriptRunner {
  private final Session session;
  private final Commands commands;
  private final TypedSql typedSql;
  private ExitCode worst = ExitCode.DONE;

  /** A runner for a session. */
  public ScriptRunner(Session session) {
    this.session = session;
    this.commands = new Commands(this);
    this.typedSql = new TypedSql(session);
  }

  /** The commands that lines may begin with. */
  public Commands commands() {
    return commands;
  }

  /**
   * Runs a script to its end, or to its first failure unless the session keeps going.
   *
   * @param origin the file's name in messages, empty for typed text
   * @param endsStatement whether the end of the text ends a statement without semicolon, as in
   *     {@code -c}
   */
  public ExitCode run(String origin, String text, boolean endsStatement) {
    if (text.startsWith("\uFEFF")) {
      return run(origin, text.substring(1), endsStatement);
    }
    int at = 0;
    while (!session.isOver()) {
      Optional<Item> item = next(text, at);
      if (item.isEmpty()) {
        break;
      }
      at = item.get().following();
      ExitCode code = guarded(origin, text, item.get(), endsStatement);
      if (code != ExitCode.DONE && !isExpected(text, at)) {
        worst = worse(worst, code);
        if (!session.settings().keepGoing() || session.interrupts().stopRequested()) {
          return code;
        }
      }
      if (session.console().out().checkError()) {
        return worst; // the reader of our results went away
      }
    }
    return worst;
  }

  /** What is wrong at the end of a script that left a transaction open; it is rolled back. */
  public ExitCode finish() {
    if (session.rollback()) {
      session
          .output()
          .error(
              CairnException.failed("open-transaction", "the script left a transaction open")
                  .hint("it was rolled back; end it with COMMIT"));
      worst = worse(worst, ExitCode.FAILED);
    }
    return worst;
  }

  /**
   * What a text still lacks before it can run; empty where it is whole. For continuation prompts.
   */
  public Optional<Missing> missing(String text) {
    int at = 0;
    while (true) {
      Optional<Item> item = next(text, at);
      if (item.isEmpty()) {
        return Optional.empty();
      }
      Piece piece = item.get().piece();
      if (piece != null && !piece.complete() && unknownWord(text, piece).isEmpty()) {
        return Optional.of(piece.missing());
      }
      at = item.get().following();
    }
  }

  /** Runs a file's lines in this session; {@code read} and {@code -f}. A script of its own. */
  ExitCode runFile(String name) {
    String text = ScriptFiles.text(name);
    UnchangedTables outer = session.unchanged();
    begin(text);
    try {
      return run(name.equals("-") ? "stdin" : name, text, false);
    } finally {
      session.unchanged(outer);
    }
  }

  /** A script begins: what it expects to stay as it is will be looked at before its first line. */
  void begin(String text) {
    List<String> expectations = new ArrayList<>();
    Optional<Item> item = text.contains("expect") ? next(text, 0) : Optional.empty();
    while (item.isPresent()) {
      if (item.get().command() instanceof ExpectCommand) {
        expectations.add(item.get().rest());
      }
      item = next(text, item.get().following());
    }
    session.unchanged(UnchangedTables.named(expectations));
  }

  /** Whether the next line is {@code expect error}: it judges what just failed. */
  private boolean isExpected(String text, int at) {
    return next(text, at)
        .filter(item -> item.command() instanceof ExpectCommand)
        .filter(item -> ExpectCommand.isAboutErrors(item.rest()))
        .isPresent();
  }

  private ExitCode guarded(String origin, String text, Item item, boolean endsStatement) {
    LastResult last = session.lastResult();
    if (!(item.command() instanceof ExpectCommand)) {
      last.begin();
    }
    try {
      session.refuseAfterSignal();
      session.unchanged().look(session);
      execute(origin, text, item, endsStatement);
      return ExitCode.DONE;
    } catch (CairnException error) {
      CairnException placed =
          error.span().isPresent() || origin.isEmpty()
              ? error
              : error.at(SourceSpan.at(origin, text, item.start()));
      session.output().error(placed);
      if (!(item.command() instanceof ExpectCommand)) {
        last.failed(error);
      }
      return signalled(error.exit());
    } catch (NestedFailure failure) {
      last.failed(failure.code());
      return failure.code();
    } catch (StackOverflowError | RuntimeException fault) {
      session.output().fault(fault);
      last.failed(ExitCode.FAULT);
      return ExitCode.FAULT;
    }
  }

  /** A statement cut short by SIGTERM is terminated, whatever the engine called it. */
  private ExitCode signalled(ExitCode code) {
    return code == ExitCode.INTERRUPTED ? session.interrupts().exit() : code;
  }

  private void execute(String origin, String text, Item item, boolean endsStatement) {
    if (item.isForeign()) {
      throw foreign(item).at(SourceSpan.at(origin, text, item.start()));
    }
    if (item.command() != null) {
      item.command().run(session, item.rest(), new Place(origin, text, item.restStart()));
      return;
    }
    Piece piece = item.piece();
    Optional<String> unknown = unknownWord(text, piece);
    if (unknown.isPresent()) {
      throw afterTypedPlan(unknown.get()).at(SourceSpan.at(origin, text, piece.start()));
    }
    boolean whole = piece.complete() || (endsStatement && piece.missing() == Missing.SEMICOLON);
    if (!whole) {
      throw CairnException.failed(
              "unfinished", "the statement is unfinished: " + words(piece.missing()))
          .at(SourceSpan.at(origin, text, item.start()))
          .hint("end it with a semicolon");
    }
    typedSql.run(origin, text, piece);
  }

  private CairnException foreign(Item item) {
    return CairnException.failed(
            "unknown-command", "'" + item.rest() + "' is neither a command nor SQL")
        .hint(
            "commands have no dot or backslash here: `tables`, `describe TABLE`, `read FILE`, `help`");
  }

  /** A first word that no statement begins with; waiting for its semicolon would help nobody. */
  private Optional<String> unknownWord(String text, Piece piece) {
    String word = StatementShape.firstWord(piece.text(text), session.flavour());
    boolean known = word.isEmpty() || Keywords.mayBeginStatement(word, session.flavour());
    return known ? Optional.empty() : Optional.of(word);
  }

  /**
   * What follows the line of a typed plan may be the rest of its statement: the plan of the first
   * line alone must not be what `apply` runs.
   */
  private CairnException afterTypedPlan(String word) {
    CairnException unknown = neitherCommandNorSql(word);
    if (session.plan().filter(plan -> plan.plan().typed()).isEmpty()) {
      return unknown;
    }
    session.plan(null);
    return unknown.hint(
        "a plan's SQL must stand on one line; the plan of the line before was dropped");
  }

  private CairnException neitherCommandNorSql(String word) {
    List<String> known = new ArrayList<>(commands.names());
    known.addAll(Keywords.beginnings(session.flavour()));
    CairnException unknown =
        CairnException.failed("unknown-command", "'" + word + "' is neither a command nor SQL");
    return Catalog.nearest(word, known)
        .map(near -> unknown.hint("did you mean " + near + "?"))
        .orElse(unknown.hint("`help` lists the commands"));
  }

  private static String words(Missing missing) {
    return "missing " + missing.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private Optional<Item> next(String text, int from) {
    Optional<Piece> piece = StatementSplitter.next(text, from, session.flavour());
    if (piece.isEmpty()) {
      return Optional.empty();
    }
    int start = piece.get().start();
    if (isForeign(text, start)) {
      int lineEnd = text.indexOf('\n', start) < 0 ? text.length() : text.indexOf('\n', start);
      String word = text.substring(start, lineEnd).strip().split("\\s", 2)[0];
      return Optional.of(new Item(start, lineEnd, null, word, start, null));
    }
    int end = wordEnd(text, start);
    boolean bare =
        end == text.length() || Character.isWhitespace(text.charAt(end)) || text.charAt(end) == ';';
    Optional<Command> command = bare ? commands.find(text.substring(start, end)) : Optional.empty();
    if (command.isEmpty()) {
      return Optional.of(new Item(start, piece.get().following(), null, "", start, piece.get()));
    }
    int newline = text.indexOf('\n', end);
    int lineEnd = newline < 0 ? text.length() : newline;
    String rest = text.substring(end, lineEnd).strip();
    String bareRest = rest.endsWith(";") ? rest.substring(0, rest.length() - 1).strip() : rest;
    int restStart = bareRest.isEmpty() ? end : text.indexOf(bareRest, end);
    return Optional.of(new Item(start, lineEnd, command.get(), bareRest, restStart, null));
  }

  private static int wordEnd(String text, int start) {
    int end = start;
    while (end < text.length() && Character.isLetter(text.charAt(end))) {
      end++;
    }
    return end;
  }

  /** A command of sqlite3's or psql's, which ends with its line as one of ours does. */
  private static boolean isForeign(String text, int start) {
    char first = text.charAt(start);
    return (first == '.' || first == '\\') && wordEnd(text, start + 1) > start + 1;
  }

  private static ExitCode worse(ExitCode left, ExitCode right) {
    return left.code() >= right.code() ? left : right;
  }

  /** A command line or a statement, and where the text goes on behind it. */
  private record Item(
      int start, int following, Command command, String rest, int restStart, Piece piece) {

    /** Neither a command of ours nor a statement. */
    boolean isForeign() {
      return command == null && piece == null;
    }
  }

  /** A script read from within a script failed; its error has been shown. */
  static final class NestedFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final ExitCode code;

    NestedFailure(ExitCode code) {
      super(null, null, false, false);
      this.code = code;
    }

    ExitCode code() {
      return code;
    }
  }
}
