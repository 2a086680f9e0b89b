package dev.cairn.plan;

import dev.cairn.catalog.Catalog;
import dev.cairn.catalog.ForeignKey;
import dev.cairn.catalog.Table;
import dev.cairn.catalog.Trigger;
import dev.cairn.error.CairnException;
import dev.cairn.plan.scope.ChangedRows;
import dev.cairn.plan.scope.NewValue;
import dev.cairn.plan.scope.StatementScope;
import dev.cairn.sql.Flavour;
import dev.cairn.sql.Lexer;
import dev.cairn.sql.SqlExpression;
import dev.cairn.sql.Token;
import dev.cairn.sql.TokenKind;
import dev.cairn.sql.tree.Delete;
import dev.cairn.sql.tree.Insert;
import dev.cairn.sql.tree.Merge;
import dev.cairn.sql.tree.Statement;
import dev.cairn.sql.tree.Update;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether what a statement returns says all that it wrote: each row under the key that it had
 * before, and each row that foreign keys take along.
 */
public final class Returnable {
  private static final Pattern FUNCTION =
      Pattern.compile("(?s).*EXECUTE (?:FUNCTION|PROCEDURE) (.+)\\(.*\\)\\s*");

  /** PostgreSQL's names have 63 bytes, the journal's begin with {@code cairn_undo_}. */
  private static final int LONGEST_TABLE = 52;

  private static final int LONGEST_COLUMN = 53;

  /** What a function may call that writes nothing. */
  private static final Set<String> HARMLESS =
      Set.of(
          ("now clock_timestamp statement_timestamp transaction_timestamp lower upper trim btrim ltrim"
                  + " rtrim coalesce nullif greatest least md5 round concat concat_ws length abs"
                  + " gen_random_uuid to_tsvector row_to_json to_jsonb jsonb_build_object timezone"
                  + " date_trunc extract left right substr substring replace format numeric varchar"
                  + " if elsif and or not in is when then else begin return returns distinct from")
              .split(" "));

  private static final Set<String> WRITING =
      Set.of(
          ("insert update delete merge truncate execute perform select call copy into lock alter"
                  + " create drop grant notify set do refresh")
              .split(" "));

  private static final Set<String> ACTS = Set.of("CASCADE", "SET NULL", "SET DEFAULT");

  private Returnable() {}

  /** Fails with exit 1 where it doesn't, saying why. */
  static void check(
      Catalog catalog,
      ReturningText text,
      StatementScope scope,
      TouchedTable target,
      List<TouchedTable> others) {
    Statement statement = text.statement();
    Table table = target.table();
    if (statement instanceof Merge) {
      throw unseen("a MERGE that is typed doesn't say which rows it wrote; `plan` journals it");
    }
    for (Trigger trigger : table.triggers()) {
      if (trigger.sql().toUpperCase(Locale.ROOT).startsWith("CREATE RULE")) {
        throw unseen("the rule " + trigger.name() + " writes something else in its place");
      }
    }
    List<TouchedTable> all = new ArrayList<>(others);
    all.add(target);
    all.forEach(Returnable::refuseLongNames);
    if (text.inserts() && text.updates()) {
      refuseMovingTriggers(catalog, target);
    }
    boolean parent =
        catalog.tables().stream()
            .anyMatch(each -> inherits(each, table.name()) && !isPartitioned(table));
    if (parent) {
      throw unseen("other tables inherit from " + table.name());
    }
    if (text.moves(target) && !isForetold(text, scope)) {
      throw unseen("which row it gives which key can't be told");
    }
    boolean deletes = statement instanceof Delete;
    for (TouchedTable other : others) {
      for (ForeignKey key : other.table().foreignKeys()) {
        String action = deletes ? key.onDelete() : key.onUpdate();
        boolean moves = ACTS.contains(action) && !(deletes && action.equals("CASCADE"));
        if (moves && key.columns().stream().anyMatch(other.key()::contains)) {
          throw unseen("it changes the key of rows of " + other.table().name() + " along with it");
        }
      }
    }
    boolean cascades = !others.isEmpty() && (statement instanceof Update || deletes);
    if (cascades && table.primaryKey().isEmpty()) {
      throw unseen(table.name() + " has no primary key to follow its foreign keys by");
    }
    if (!others.isEmpty() && statement instanceof Insert && table.primaryKey().isEmpty()) {
      throw unseen(table.name() + " has no primary key to follow its foreign keys by");
    }
  }

  /** PostgreSQL cuts a name off: two tables could have one place in the journal. */
  private static void refuseLongNames(TouchedTable touched) {
    String table = touched.table().name();
    boolean tooLong =
        bytes(table) > LONGEST_TABLE
            || touched.table().columns().stream().anyMatch(c -> bytes(c.name()) > LONGEST_COLUMN);
    if (tooLong) {
      throw unseen("a name of " + table + " is too long for the journal's own names");
    }
  }

  private static int bytes(String name) {
    return name.getBytes(StandardCharsets.UTF_8).length;
  }

  /** A row that an upsert moves to another key would look like a new one. */
  private static void refuseMovingTriggers(Catalog catalog, TouchedTable target) {
    for (Trigger trigger : target.table().triggers()) {
      boolean changes = trigger.timing().equals("BEFORE") && trigger.firesOn("UPDATE");
      boolean keeps =
          function(trigger, catalog)
              .filter(
                  sql ->
                      target.key().stream()
                          .noneMatch(
                              column ->
                                  Pattern.compile("\\b" + Pattern.quote(column) + "\\b")
                                      .matcher(sql.substring(Math.max(0, sql.indexOf('$'))))
                                      .find()))
              .isPresent();
      if (changes && !keeps) {
        throw unseen("the trigger " + trigger.name() + " may change the key of a row");
      }
    }
  }

  /** Whether the rows, asked before, say which key each of them gets. */
  private static boolean isForetold(ReturningText text, StatementScope scope) {
    return text.statement() instanceof Update
        && scope instanceof ChangedRows rows
        && !rows.repeats()
        && rows.values().stream().noneMatch(NewValue::varies)
        && !SqlExpression.varies(text.sql(), Flavour.POSTGRESQL);
  }

  /**
   * The triggers that a change may set off and whose functions may write elsewhere, in words; empty
   * where there are none.
   */
  public static Optional<String> besides(ChangeRows change, Catalog catalog) {
    List<String> events =
        switch (change.kind()) {
          case UPDATE -> List.of("UPDATE");
          case DELETE -> List.of("DELETE");
          case INSERT -> List.of("INSERT", "UPDATE");
        };
    List<String> along =
        change.kind() == ChangeKind.DELETE ? List.of("DELETE", "UPDATE") : List.of("UPDATE");
    for (TouchedTable touched : change.touched()) {
      boolean target = touched.equals(change.target());
      if (!target && isSecured(touched, catalog)) {
        return Optional.of(
            "rows of " + touched.table().name() + " that row-level security may hide from you");
      }
      for (Trigger trigger : touched.table().triggers()) {
        boolean fires = (target ? events : along).stream().anyMatch(trigger::firesOn);
        if (fires && mayWrite(trigger, catalog)) {
          return Optional.of(
              "what the trigger "
                  + trigger.name()
                  + " of "
                  + touched.table().name()
                  + " writes besides");
        }
      }
    }
    return Optional.empty();
  }

  /** References take rows along that nobody but their owner may see. */
  private static boolean isSecured(TouchedTable touched, Catalog catalog) {
    return catalog.objects().stream()
        .anyMatch(
            object ->
                object.type().equals("security") && object.table().equals(touched.table().name()));
  }

  private static boolean mayWrite(Trigger trigger, Catalog catalog) {
    return function(trigger, catalog).map(Returnable::mayWrite).orElse(true);
  }

  private static Optional<String> function(Trigger trigger, Catalog catalog) {
    Matcher named = FUNCTION.matcher(trigger.sql());
    if (!named.matches()) {
      return Optional.empty();
    }
    String name = named.group(1) + "()";
    return catalog.objects().stream()
        .filter(object -> object.type().equals("function") && object.name().equals(name))
        .findFirst()
        .map(object -> object.sql());
  }

  /** Of the text of a function, where it isn't seen to write nothing. */
  private static boolean mayWrite(String sql) {
    int body = sql.indexOf('$');
    if (body < 0 || !sql.contains("LANGUAGE plpgsql")) {
      return true;
    }
    String text = sql.substring(body).replaceAll("^\\$\\w*\\$|\\$\\w*\\$\\s*$", "");
    List<Token> words =
        Lexer.tokens(text, Flavour.POSTGRESQL).stream().filter(Token::isSignificant).toList();
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i).name(text).toLowerCase(Locale.ROOT);
      boolean calls = i + 1 < words.size() && words.get(i + 1).is(text, "(");
      boolean isWord =
          words.get(i).kind() == TokenKind.WORD || words.get(i).kind() == TokenKind.QUOTED_NAME;
      if (isWord && (WRITING.contains(word) || (calls && !HARMLESS.contains(word)))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isPartitioned(Table table) {
    return table.sql().contains(") PARTITION BY ");
  }

  private static boolean inherits(Table table, String from) {
    return table.sql().matches("(?s).*\\) INHERITS \\((.*, )?\"?\\Q" + from + "\\E\"?(, .*)?\\)");
  }

  private static CairnException unseen(String why) {
    return CairnException.failed("not-journalled", "what this changes can't be journalled: " + why);
  }
}
