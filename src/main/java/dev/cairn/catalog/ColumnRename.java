package dev.cairn.catalog;

import dev.cairn.sql.Flavour;
import dev.cairn.sql.Lexer;
import dev.cairn.sql.Token;
import dev.cairn.sql.TokenKind;
import java.util.List;

/** RENAME COLUMN: the column, the keys, indexes and references over it, and the triggers on it. */
final class ColumnRename {
  private final ReplayedSchema schema;
  private final Flavour flavour;
  private final String from;
  private final String to;

  ColumnRename(ReplayedSchema schema, Flavour flavour, String from, String to) {
    this.schema = schema;
    this.flavour = flavour;
    this.from = from;
    this.to = to;
  }

  void in(String table) {
    schema.changeAll(
        each -> {
          TableEdit edit = new TableEdit(each);
          boolean own = each.name().equalsIgnoreCase(table);
          if (own) {
            renameOwn(edit);
          }
          edit.foreignKeys.replaceAll(
              key ->
                  new ForeignKey(
                      key.table(),
                      own ? renamed(key.columns()) : key.columns(),
                      key.parent(),
                      key.parent().equalsIgnoreCase(table)
                          ? renamed(key.parentColumns())
                          : key.parentColumns(),
                      key.onDelete(),
                      key.onUpdate()));
          return edit.table();
        });
  }

  private void renameOwn(TableEdit edit) {
    edit.columns.replaceAll(
        column ->
            new Column(
                of(column.name()),
                column.type(),
                column.notNull(),
                column.defaultValue(),
                column.keyPosition(),
                column.generated(),
                column.collation()));
    edit.indexes.replaceAll(
        index ->
            new Index(
                index.name(),
                index.unique(),
                index.primary(),
                renamed(index.columns()),
                index.parts().stream().map(part -> in(part, false)).toList(),
                index.where().map(where -> in(where, false)),
                index.onConflict()));
    edit.triggers.replaceAll(
        trigger ->
            new Trigger(
                trigger.name(),
                trigger.table(),
                trigger.timing(),
                trigger.events(),
                renamed(trigger.columns()),
                in(trigger.sql(), true)));
  }

  private String of(String name) {
    return name.equalsIgnoreCase(from) ? to : name;
  }

  private List<String> renamed(List<String> names) {
    return names.stream().map(this::of).toList();
  }

  /** The text as it is now; in a trigger only what NEW and OLD qualify is surely this column. */
  private String in(String sql, boolean onlyQualified) {
    List<Token> tokens = Lexer.tokens(sql, flavour).stream().filter(Token::isSignificant).toList();
    StringBuilder text = new StringBuilder();
    int copied = 0;
    for (int i = 0; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      boolean name = token.kind() == TokenKind.WORD || token.kind() == TokenKind.QUOTED_NAME;
      boolean qualified =
          i > 1
              && tokens.get(i - 1).is(sql, ".")
              && (tokens.get(i - 2).is(sql, "NEW") || tokens.get(i - 2).is(sql, "OLD"));
      if (name && token.name(sql).equalsIgnoreCase(from) && (qualified || !onlyQualified)) {
        text.append(sql, copied, token.start()).append('"').append(to.replace("\"", "\"\""));
        text.append('"');
        copied = token.end();
      }
    }
    return text.append(sql.substring(copied)).toString();
  }
}
