package dev.cairn.database;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cairn.catalog.Catalog;
import dev.cairn.database.HranaException.Kind;
import dev.cairn.dialect.SqlFragment;
import dev.cairn.error.CairnException;
import dev.cairn.error.ExitCode;
import dev.cairn.sql.Flavour;
import dev.cairn.sql.Lexer;
import dev.cairn.sql.StatementKind;
import dev.cairn.sql.StatementShape;
import dev.cairn.sql.Token;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Typed SQL on one stream, which is kept while the person thinks. The server may end a person's
 * transaction by itself, where another writer waits for 5 s, or with the stream; what was typed
 * next would then run on its own. So each statement in a transaction is sent with the condition
 * that it is still open, and asks behind itself whether it now is.
 */
final class LibsqlSession implements StatementSession {
  private static final int ROWS_IN_DOUBT = 2_000;
  private static final SqlFragment ASK = SqlFragment.of("SELECT 1");
  private static final Set<String> READING = Set.of("SELECT", "VALUES", "EXPLAIN", "PRAGMA");

  private final HranaClient client;
  private final HranaStream stream;
  private final Duration patience;
  private final boolean readOnly;
  private boolean open;
  private volatile boolean cancelled;

  LibsqlSession(HranaClient client, Duration patience, boolean readOnly) {
    this.patience = patience;
    this.client = client;
    this.stream = new HranaStream(client);
    this.readOnly = readOnly;
  }

  @Override
  public RowStream run(String statement) {
    return run(SqlFragment.of(statement));
  }

  @Override
  public RowStream run(SqlFragment statement) {
    cancelled = false;
    String word = firstWord(statement.sql());
    boolean reads = reads(statement.sql(), word);
    if (open && !stream.isKept()) {
      throw transactionLost(null);
    }
    try {
      refuseToWrite(statement);
      if (!reads) {
        return whole(List.of(statement));
      }
      if (open) {
        // Where a cursor's text can't be parsed, sqld forgets the stream and its transaction.
        stream.one(HranaStatement.describe(statement.sql()));
      }
      return new Rows(stream.cursor(steps(List.of(statement)), 0), statement);
    } catch (HranaException error) {
      throw failure(reads ? explained(error, statement, 0) : error, word, reads);
    }
  }

  /**
   * Where rows break off, the server's thread may have ended over a text that is no UTF-8; asked
   * for the rest in one answer it says so. Else the failure stays what it is.
   */
  private HranaException explained(HranaException error, SqlFragment query, long rowsSeen) {
    if (error.kind() != Kind.LOST || error.isInterruption() || cancelled) {
      return error;
    }
    SqlFragment rest =
        SqlFragment.of("SELECT * FROM (")
            .then(query)
            .then("\n) LIMIT " + ROWS_IN_DOUBT + " OFFSET " + rowsSeen);
    try {
      client.pipeline(
          client.base(),
          HranaStatement.body(
              List.of(HranaStatement.execute(rest), HranaStatement.request("close"))));
      return error;
    } catch (HranaException said) {
      return said.isNotUtf8() ? said : error;
    }
  }

  /** In doubt it may write. */
  private static boolean reads(String sql, String word) {
    return READING.contains(word)
        || (word.equals("WITH")
            && StatementShape.classify(sql, Flavour.SQLITE) == StatementKind.READ);
  }

  /** What may write comes in one answer: the rows that it returns, and how it ended. */
  private RowStream whole(List<SqlFragment> statements) throws HranaException {
    ObjectNode batch = HranaStatement.request("batch");
    batch.set("batch", HranaStatement.batch(steps(statements)));
    JsonNode result = stream.one(batch).path("result");
    JsonNode done = result.path("step_results");
    boolean was = open;
    open = !done.path(statements.size()).isObject();
    for (JsonNode error : result.path("step_errors")) {
      if (error.isObject()) {
        throw HranaStream.error(error);
      }
    }
    JsonNode last = done.path(statements.size() - 1);
    if (!last.isObject()) {
      open = was; // not even tried: there is no transaction any more
      throw HranaException.answered("TRANSACTION_TIMEOUT", "another writer waited for too long");
    }
    return new HeldRows(HranaResult.columns(last), HranaResult.rows(last));
  }

  /** Together only in a transaction: what fails is then taken back with what ran before it. */
  @Override
  public void all(List<SqlFragment> statements) {
    if (!open || readOnly || statements.size() < 2) {
      statements.forEach(this::again);
      return;
    }
    cancelled = false;
    if (!stream.isKept()) {
      throw transactionLost(null);
    }
    try {
      whole(statements).close();
    } catch (HranaException error) {
      throw failure(error, "", false);
    }
  }

  @Override
  public List<Object> again(SqlFragment statement) {
    try (RowStream rows = run(statement)) {
      return rows.next() ? rows.row() : List.of();
    }
  }

  @Override
  public void check(String statement) {
    // The server describes them, and refuses them only when they are to run.
    LibsqlWords.neverTaken(firstWord(statement))
        .ifPresent(
            refused -> {
              throw refused;
            });
    try {
      stream.one(HranaStatement.describe(statement));
    } catch (HranaException error) {
      throw LibsqlErrors.exception(error);
    }
  }

  @Override
  public ReadView view() {
    if (open) {
      return LibsqlView.within(stream, () -> {});
    }
    single(SqlFragment.of("BEGIN"));
    return LibsqlView.within(stream, () -> single(SqlFragment.of("COMMIT")));
  }

  @Override
  public Catalog catalog() {
    try (ReadView view = view()) {
      return SqliteCatalogReader.read(view);
    }
  }

  @Override
  public long schemaVersion() {
    return ((Number) single(SqlFragment.of("PRAGMA schema_version")).get(0)).longValue();
  }

  @Override
  public long changes() {
    return ((Number) single(SqlFragment.of("SELECT changes()")).get(0)).longValue();
  }

  /** What the person has opened and not ended, as far as the last answer told. */
  @Override
  public boolean inTransaction() {
    return open;
  }

  @Override
  public void rollback() {
    if (!open) {
      return;
    }
    open = false;
    try {
      stream.one(HranaStatement.execute(SqlFragment.of("ROLLBACK")));
    } catch (HranaException gone) {
      stream.close(); // with its stream a transaction is taken back
    }
  }

  @Override
  public Duration patience() {
    return patience;
  }

  @Override
  public boolean cancel() {
    cancelled = true;
    boolean reads = stream.cancel();
    return client.cancel() || reads;
  }

  @Override
  public void close() {
    stream.close();
  }

  /** Each where the one before it succeeded; the last one tells whether no transaction is open. */
  private List<ObjectNode> steps(List<SqlFragment> statements) {
    List<ObjectNode> steps = new ArrayList<>();
    for (SqlFragment statement : statements) {
      if (!open) {
        steps.add(HranaStatement.step(statement));
        continue;
      }
      ObjectNode still = HranaStatement.inTransaction();
      steps.add(
          HranaStatement.step(
              statement,
              steps.isEmpty()
                  ? still
                  : HranaStatement.both(HranaStatement.ok(steps.size() - 1), still)));
    }
    steps.add(HranaStatement.step(ASK, HranaStatement.isAutocommit()));
    return steps;
  }

  /** A server has no connection that only reads: the statement is looked at before. */
  private void refuseToWrite(SqlFragment statement) throws HranaException {
    if (!readOnly) {
      return;
    }
    JsonNode described = stream.one(HranaStatement.describe(statement.sql())).path("result");
    if (!described.path("is_readonly").asBoolean(false)) {
      throw CairnException.failed(
          "read-only", "the database was opened so that nothing is written");
    }
  }

  private CairnException failure(HranaException error, String word, boolean reads) {
    boolean was = open;
    // Too large an answer says nothing of what was done.
    boolean answered = error.kind() == Kind.ANSWERED && !error.code().equals("RESPONSE_TOO_LARGE");
    if (answered) {
      learn();
      boolean allowed = LibsqlErrors.reason(error) != BatchOutcome.Reason.READ_ONLY;
      return was && !open && allowed ? transactionLost(error) : LibsqlErrors.exception(error);
    }
    if (error.kind() == Kind.NOT_SENT) {
      return LibsqlErrors.exception(error);
    }
    boolean wasLost = was && !stream.isKept();
    if (wasLost && !word.equals("COMMIT") && !word.equals("END")) {
      return transactionLost(error);
    }
    if (reads || word.equals("BEGIN")) { // what a lost BEGIN opened is lost with its stream
      return cancelled ? interrupted() : LibsqlErrors.exception(error);
    }
    open = open && stream.isKept();
    return LibsqlErrors.unknown(error);
  }

  private static CairnException interrupted() {
    return CairnException.of(ExitCode.INTERRUPTED, "interrupted", "interrupted");
  }

  /** Whether the transaction is still open. */
  private void learn() {
    if (!open) {
      return;
    }
    try {
      JsonNode state = stream.one(HranaStatement.request("get_autocommit"));
      open = !state.path("is_autocommit").asBoolean(true);
    } catch (HranaException gone) {
      open = stream.isKept();
    }
  }

  private CairnException transactionLost(HranaException error) {
    open = false;
    String why = error == null ? "its connection is gone" : error.getMessage();
    return CairnException.failed(
            "transaction-lost", "the server has taken the open transaction back: " + why)
        .hint("nothing of it was committed; begin again")
        .causedBy(error);
  }

  private List<Object> single(SqlFragment statement) {
    try {
      return HranaResult.firstRow(stream.one(HranaStatement.execute(statement)).path("result"));
    } catch (HranaException error) {
      throw LibsqlErrors.exception(error);
    }
  }

  private static String firstWord(String sql) {
    return Lexer.tokens(sql, Flavour.SQLITE).stream()
        .filter(Token::isSignificant)
        .findFirst()
        .map(token -> token.text(sql).toUpperCase(java.util.Locale.ROOT))
        .orElse("");
  }

  /** Rows of a typed query; behind them the answer tells whether a transaction is still open. */
  private final class Rows extends LibsqlRows {
    private final HranaCursor cursor;
    private final SqlFragment query;
    private long seen;

    Rows(HranaCursor cursor, SqlFragment query) {
      super(cursor);
      this.cursor = cursor;
      this.query = query;
    }

    @Override
    public boolean next() {
      try {
        boolean more = super.next();
        if (!more) {
          ended();
        }
        seen++;
        return more;
      } catch (CairnException broken) {
        if (cancelled && broken.exit() == ExitCode.STOPPED) {
          throw interrupted();
        }
        throw broken.getCause() instanceof HranaException error
            ? LibsqlErrors.exception(explained(error, query, seen))
            : broken;
      }
    }

    @Override
    public void close() {
      super.close();
      ended();
    }

    private void ended() {
      try {
        if (cursor.wasDropped()) {
          learn();
        } else {
          open = open && !cursor.ran(1);
        }
      } catch (HranaException gone) {
        open = open && stream.isKept();
      }
    }
  }
}
