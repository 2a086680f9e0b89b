package dev.cairn.snapshot;

import dev.cairn.analysis.Finding;
import dev.cairn.analysis.Severity;
import dev.cairn.catalog.Column;
import dev.cairn.catalog.Table;
import dev.cairn.dialect.Dialect;
import dev.cairn.error.CairnException;
import dev.cairn.plan.RestoreSpec;
import dev.cairn.plan.SqlText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The columns of a table as it is declared now, beside those that it had in a snapshot. */
final class RestoredColumns {
  private final Dialect dialect;
  private final RestoreSpec wanted;
  private final Table table;
  private final Table then;
  private final List<Finding> findings;

  /**
   * @param findings takes what is to be said of them
   */
  RestoredColumns(
      Dialect dialect, RestoreSpec wanted, Table table, Table then, List<Finding> findings) {
    this.dialect = dialect;
    this.wanted = wanted;
    this.table = table;
    this.then = then;
    this.findings = findings;
  }

  /** Fails with exit 3 where the key doesn't tell rows of both apart in the same way. */
  void checkKey(List<String> key) {
    if (then.keys().stream().noneMatch(each -> each.covers(key))) {
      throw noRows("there, (" + String.join(", ", key) + ") is no unique key of " + then.name());
    }
    for (String name : key) {
      Column now = table.column(name).orElseThrow();
      Column was = then.column(name).orElseThrow();
      if (!meant(now, table).equals(meant(was, then))) {
        throw noRows("the type of " + name + ", which names the row, " + types(was, now));
      }
      if (!now.collation().equalsIgnoreCase(was.collation())) {
        throw noRows(
            name + ", which names the row, compares texts in another way in the snapshot than now");
      }
      if (!now.collation().isEmpty() && !now.collation().equalsIgnoreCase("BINARY")) {
        warn(
            "%s compares texts by %s: a row is found however its key is spelled, and its spelling stays as it is"
                .formatted(name, now.collation()));
      }
    }
    if (!then.primaryKey().equals(table.primaryKey())) {
      warn("the primary key was another in the snapshot; rows are told by " + key);
    }
  }

  /** The columns to put back. Fails where one can't be, with exit 1 or 3. */
  List<String> toPutBack(List<String> key) {
    List<String> columns = wanted.columns().isEmpty() ? common(key) : named(key);
    if (columns.isEmpty()) {
      throw noRows("there is no column to put back besides the key");
    }
    for (String name : columns) {
      Column now = table.column(name).orElseThrow();
      Column was = then.column(name).orElseThrow();
      if (!now.type().equalsIgnoreCase(was.type())) {
        warn("the type of %s %s".formatted(name, types(was, now)));
      }
    }
    return columns;
  }

  private static String types(Column was, Column now) {
    return "was %s in the snapshot and is %s now".formatted(said(was), said(now));
  }

  private static String said(Column column) {
    return column.type().isEmpty() ? "not given" : column.type();
  }

  /** Columns that take other values than they did: whether all fit is a question to the rows. */
  Map<String, String> unlike() {
    Map<String, String> unlike = new LinkedHashMap<>();
    for (Column now : table.columns()) {
      then.column(now.name())
          .ifPresent(
              was -> {
                if (!keeps(now, table).equals(keeps(was, then))) {
                  boolean same = now.type().equalsIgnoreCase(was.type());
                  unlike.put(
                      now.name(),
                      same ? "only one of the tables is STRICT" : "its type " + types(was, now));
                } else if (now.notNull() && !was.notNull()) {
                  unlike.put(now.name(), "it is NOT NULL now and wasn't in the snapshot");
                }
              });
    }
    return unlike;
  }

  /** How a text or a number in a key is read, which decides what it is equal to. */
  private String meant(Column column, Table of) {
    return dialect.asStored(column, of, "?");
  }

  private String keeps(Column column, Table of) {
    return dialect.keeps(column, of, "?");
  }

  private List<String> common(List<String> key) {
    List<String> fresh = new ArrayList<>();
    List<String> columns = new ArrayList<>();
    for (Column column : table.columns()) {
      if (column.generated() || key.contains(column.name())) {
        continue;
      }
      (then.column(column.name()).isPresent() ? columns : fresh).add(column.name());
    }
    if (!fresh.isEmpty()) {
      warn("the snapshot has no column " + String.join(", ", fresh) + ": it stays as it is");
    }
    String lost =
        then.columns().stream()
            .map(Column::name)
            .filter(name -> table.column(name).isEmpty())
            .collect(Collectors.joining(", "));
    if (!lost.isEmpty()) {
      warn("the table no longer has the column " + lost + ": its values are not put back");
    }
    return columns;
  }

  private List<String> named(List<String> key) {
    List<String> columns = new ArrayList<>();
    for (SqlText name : wanted.columns()) {
      Column column = column(table, name);
      if (key.contains(column.name())) {
        throw CairnException.failed(
                "restore-column", column.name() + " belongs to the key, which names the row")
            .at(name.span());
      }
      if (column.generated()) {
        throw CairnException.failed(
                "restore-column", column.name() + " is computed by the database")
            .at(name.span());
      }
      if (then.column(column.name()).isEmpty()) {
        throw noRows("there, " + table.name() + " has no column " + column.name());
      }
      if (!columns.contains(column.name())) {
        columns.add(column.name());
      }
    }
    return columns;
  }

  /** The column of that name. Fails with exit 1 and the nearest name where there is none. */
  static Column column(Table table, SqlText name) {
    return table.column(name.sql()).orElseThrow(() -> table.noColumn(name.sql()).at(name.span()));
  }

  /** What a row that is put in again is made of. */
  List<String> all() {
    List<String> all = new ArrayList<>();
    for (Column column : table.columns()) {
      boolean there = then.column(column.name()).isPresent();
      if (there && !column.generated()) {
        all.add(column.name());
      } else if (!there && !column.mayBeOmitted()) {
        throw noRows(
            column.name() + " is NOT NULL and new: a row can't be put in again without it");
      }
    }
    return all;
  }

  private void warn(String message) {
    findings.add(Finding.of("restore-schema", Severity.WARNING, message));
  }

  private CairnException noRows(String why) {
    return RestorePlanner.refused(wanted, why);
  }
}
