package dev.cairn.analysis.cascade;

import dev.cairn.catalog.Table;
import dev.cairn.dialect.QuotedName;
import dev.cairn.sql.Flavour;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What tells a row of a table from every other, as SQL; the shortest that the engine has. */
public final class RowIdentity {

  private RowIdentity() {}

  /** The columns, quoted where they have to be. */
  public static List<String> of(Table table, Flavour flavour) {
    Optional<String> number =
        Stream.of("rowid", "_rowid_", "oid")
            .filter(name -> flavour == Flavour.SQLITE && !table.withoutRowid())
            .filter(name -> table.column(name).isEmpty())
            .findFirst();
    if (number.isPresent()) {
      return List.of(number.get());
    }
    List<String> key = table.primaryKey();
    return key.isEmpty() ? List.of("ctid") : key.stream().map(QuotedName::of).toList();
  }
}
