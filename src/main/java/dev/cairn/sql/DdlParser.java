package dev.cairn.sql;

import dev.cairn.sql.tree.Ddl;
import dev.cairn.sql.tree.Ddl.CreateIndex;
import dev.cairn.sql.tree.Ddl.CreateView;
import dev.cairn.sql.tree.Ddl.KeyPart;
import dev.cairn.sql.tree.Name;
import dev.cairn.sql.tree.Opaque;
import dev.cairn.sql.tree.Query;
import dev.cairn.sql.tree.Span;
import dev.cairn.sql.tree.Statement;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads changes of the schema by their tokens. CHECKs and expressions are stepped over as balanced
 * parentheses; queries and the bodies of triggers are {@link SqlParser}'s.
 */
public final class DdlParser {

  private static final Set<String> FIRST_WORDS =
      Set.of(
          "alter",
          "analyze",
          "cluster",
          "comment",
          "create",
          "drop",
          "grant",
          "import",
          "reassign",
          "refresh",
          "reindex",
          "revoke",
          "security",
          "truncate",
          "vacuum");

  private static final Set<String> OTHER_OBJECTS =
      Set.of(
          "access",
          "aggregate",
          "cast",
          "collation",
          "constraint",
          "conversion",
          "database",
          "default",
          "domain",
          "event",
          "extension",
          "foreign",
          "function",
          "group",
          "index",
          "language",
          "large",
          "materialized",
          "operator",
          "policy",
          "procedure",
          "publication",
          "role",
          "routine",
          "rule",
          "schema",
          "sequence",
          "server",
          "statistics",
          "subscription",
          "system",
          "tablespace",
          "text",
          "transform",
          "trigger",
          "type",
          "user",
          "view");

  private final DdlTokens tokens;
  private final DdlQueries queries;

  private DdlParser(TokenCursor cursor, boolean outline) {
    tokens = new DdlTokens(cursor);
    queries = new DdlQueries(tokens, outline);
  }

  /** Whether a statement that begins with the word is this reader's, whatever its case. */
  public static boolean isFirstWord(String word) {
    return FIRST_WORDS.contains(Characters.lower(word));
  }

  /**
   * Returns the tree of the one schema change in the text, a {@link Ddl}; {@link Opaque} for
   * anything else and for what isn't understood. Never throws.
   */
  public static Statement parse(String text, Flavour flavour) {
    return parse(text, 0, text.length(), flavour);
  }

  /** The same between two places of a text; spans count from the text's first char. */
  static Statement parse(String text, int from, int to, Flavour flavour) {
    try {
      return new DdlParser(readable(text, from, to, flavour), false).statement();
    } catch (DdlTokens.NotUnderstood problem) {
      String whole = text.substring(from, to);
      return new Opaque(whole, problem.getMessage(), problem.offset(), new Span(from, to));
    }
  }

  /**
   * The same without a look into queries, conditions and the bodies of triggers: cheap enough for a
   * whole catalog. A query stands there as VALUES without rows, at its place; conditions and bodies
   * are left out. Empty for what isn't understood.
   */
  public static Optional<Ddl> outline(String text, Flavour flavour) {
    try {
      return Optional.of(
          new DdlParser(readable(text, 0, text.length(), flavour), true).statement());
    } catch (DdlTokens.NotUnderstood problem) {
      return Optional.empty();
    }
  }

  private static TokenCursor readable(String text, int from, int to, Flavour flavour) {
    TokenCursor cursor = new TokenCursor(text, from, to, flavour);
    for (int i = 0; i < cursor.size(); i++) {
      if (!StatementShape.isReadable(cursor, i)) {
        throw new DdlTokens.NotUnderstood("can't be read here", cursor.token(i).start());
      }
    }
    return cursor;
  }

  private Ddl statement() {
    int start = tokens.offset();
    if (tokens.accept("CREATE")) {
      return create(start);
    }
    if (tokens.accept("DROP")) {
      return new DdlChanges(tokens).drop(start);
    }
    if (!tokens.sqlite() && tokens.accept("TRUNCATE")) {
      return new DdlChanges(tokens).truncate(start);
    }
    if (tokens.acceptAll("ALTER", "TABLE")) {
      return new DdlChanges(tokens).alterTable(start);
    }
    if (tokens.nextIs("ALTER")) {
      String words = tokens.word();
      return other(words + " " + object(), start);
    }
    if (!tokens.nextIsPlainWord() || !isFirstWord(tokens.text().substring(start, wordEnd(start)))) {
      throw tokens.unexpected("no change of the schema");
    }
    return other(tokens.word(), start);
  }

  private int wordEnd(int start) {
    return Characters.endOfName(tokens.text(), start);
  }

  private Ddl create(int start) {
    boolean orReplace = tokens.acceptAll("OR", "REPLACE");
    boolean temporary = false;
    while (tokens.nextIs("TEMP", "TEMPORARY", "UNLOGGED", "GLOBAL", "LOCAL")) {
      temporary |= tokens.nextIs("TEMP", "TEMPORARY");
      tokens.step();
    }
    if (tokens.accept("TABLE")) {
      return new DdlTables(tokens, queries).table(temporary, false, start);
    }
    if (tokens.acceptAll("VIRTUAL", "TABLE")) {
      return new DdlTables(tokens, queries).virtual(start);
    }
    if (tokens.acceptAll("FOREIGN", "TABLE")) {
      return new DdlTables(tokens, queries).table(temporary, true, start);
    }
    boolean unique = tokens.accept("UNIQUE");
    if (tokens.accept("INDEX")) {
      return index(unique, start);
    }
    tokens.acceptAll("CONSTRAINT");
    if (tokens.accept("TRIGGER")) {
      return new DdlTriggers(tokens, queries).trigger(orReplace, start);
    }
    if (tokens.acceptAll("MATERIALIZED", "VIEW")
        || tokens.acceptAll("RECURSIVE", "VIEW")
        || tokens.accept("VIEW")) {
      return view(temporary, orReplace, start);
    }
    return other("CREATE " + object(), start);
  }

  private CreateIndex index(boolean unique, int start) {
    DdlConstraints shared = new DdlConstraints(tokens);
    tokens.accept("CONCURRENTLY");
    boolean ifNotExists = tokens.acceptAll("IF", "NOT", "EXISTS");
    Optional<Name> name = Optional.empty();
    if (!tokens.nextIs("ON")) {
      List<Name> path = tokens.path();
      name = Optional.of(path.get(path.size() - 1));
    }
    tokens.expect("ON");
    tokens.accept("ONLY");
    List<Name> table = tokens.path();
    if (tokens.accept("USING")) {
      tokens.name();
    }
    List<KeyPart> parts = shared.keyParts();
    shared.indexParameters();
    Optional<String> where = Optional.empty();
    if (tokens.accept("WHERE")) {
      int from = tokens.offset();
      while (!tokens.atEnd()) {
        tokens.skipOne();
      }
      where = Optional.of(tokens.textFrom(from));
    }
    tokens.expectEnd();
    return new CreateIndex(name, ifNotExists, unique, table, parts, where, tokens.spanFrom(start));
  }

  private CreateView view(boolean temporary, boolean orReplace, int start) {
    boolean ifNotExists = tokens.acceptAll("IF", "NOT", "EXISTS");
    List<Name> path = tokens.path();
    List<Name> columns = tokens.nextIs("(") ? tokens.names() : List.of();
    if (tokens.accept("USING", "TABLESPACE")) {
      tokens.name();
    }
    if (tokens.accept("WITH")) {
      tokens.group();
    }
    tokens.expect("AS");
    Query query = queries.query();
    tokens.expectEnd();
    return new CreateView(
        path, temporary, orReplace, ifNotExists, columns, query, tokens.spanFrom(start));
  }

  private String object() {
    int at = tokens.offset();
    String object = tokens.word();
    if (!OTHER_OBJECTS.contains(Characters.lower(object))) {
      throw new DdlTokens.NotUnderstood("unknown kind of object", at);
    }
    return object.equals("MATERIALIZED") ? object + " " + tokens.word() : object;
  }

  private Ddl other(String words, int start) {
    tokens.skipAll();
    return new Ddl.Other(words, tokens.spanFrom(start));
  }
}
