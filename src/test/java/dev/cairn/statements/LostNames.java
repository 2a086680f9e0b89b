package dev.cairn.statements;

import dev.cairn.sql.Lexer;
import dev.cairn.sql.Token;
import dev.cairn.sql.TokenKind;
import dev.cairn.sql.tree.Expr;
import dev.cairn.sql.tree.Name;
import dev.cairn.sql.tree.Span;
import dev.cairn.sql.tree.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** The words of a statement that neither are its grammar's nor stand in its tree. */
final class LostNames {

  /** The words that the grammars of both dialects are made of. */
  private static final Set<String> SYNTAX =
      words(
          "all analyze and any array as asc atomic at between both buffers by case cast collate conflict",
          "constraint costs cross cube current current_catalog current_date current_role current_schema",
          "current_time current_timestamp current_user cycle deferred delete depth desc distinct do else end",
          "escape except exclude excluding exists explain fetch filter first following for format from full",
          "glob group grouping groups having ilike in indexed inner insert intersect into is isnull join key",
          "lateral leading left like limit local localtime localtimestamp match matched materialized merge",
          "natural next no not nothing notnull nowait null nulls of off offset on only or order others",
          "ordinality outer over overlaps overriding partition percent placing plan preceding query range",
          "recursive regexp repeatable replace returning right rollup row rows search select session_user set",
          "sets share similar skip some source symmetric system table tablesample target temp then ties time",
          "timing to trailing type unbounded union unknown update user using value values variadic verbose",
          "when where window with within without zone true false default last ignore abort fail rollback json locked",
          "int text");

  /** Behind these stands a name that leads to no column and no table. */
  private static final Set<String> BEFORE_OTHER_NAMES =
      Set.of("over", "window", "indexed by", "collate", "operator (", "tablesample", "of");

  private static final Set<String> WINDOW_PARTS = words("partition order rows range groups");

  private LostNames() {}

  private static Set<String> words(String... lines) {
    return Set.copyOf(Stream.of(lines).flatMap(line -> Stream.of(line.split(" "))).toList());
  }

  static List<String> of(CollectedStatement statement, Statement tree) {
    String text = statement.text();
    List<Span> kept = kept(tree);
    List<Token> tokens =
        Lexer.tokens(text, statement.flavour()).stream().filter(Token::isSignificant).toList();
    List<String> lost = new ArrayList<>();
    for (int i = 0; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      boolean name = token.kind() == TokenKind.WORD || token.kind() == TokenKind.QUOTED_NAME;
      if (name
          && kept.stream().noneMatch(span -> covers(span, token))
          && !isSyntax(token, text)
          && !statement.leftOut().contains(token.text(text))
          && !isOtherName(tokens, i, text)) {
        lost.add(token.text(text));
      }
    }
    return lost;
  }

  private static boolean isOtherName(List<Token> tokens, int index, String text) {
    int first = index;
    while (first > 1
        && tokens.get(first - 1).is(text, ".")
        && !tokens.get(first - 2).is(text, ")")) {
      first -= 2;
    }
    String before = first > 0 ? lower(tokens.get(first - 1), text) : "";
    String both = first > 1 ? lower(tokens.get(first - 2), text) + " " + before : "";
    String behind = index + 1 < tokens.size() ? lower(tokens.get(index + 1), text) : "";
    boolean windowBeforeThis = WINDOW_PARTS.contains(behind) && before.equals("(");
    boolean window = behind.equals("as") && before.equals(",");
    boolean argument = behind.equals("=>") || behind.equals(":=");
    boolean field = both.equals(") .");
    return BEFORE_OTHER_NAMES.contains(before)
        || BEFORE_OTHER_NAMES.contains(both)
        || windowBeforeThis
        || window
        || argument
        || field;
  }

  private static String lower(Token token, String text) {
    return token.text(text).toLowerCase(Locale.ROOT);
  }

  private static boolean isSyntax(Token token, String text) {
    return token.kind() == TokenKind.WORD && SYNTAX.contains(lower(token, text));
  }

  private static boolean covers(Span span, Token token) {
    return span.start() <= token.start() && token.end() <= span.end();
  }

  /** The places of names, constants and types: a type is the text behind its operand. */
  private static List<Span> kept(Statement tree) {
    List<Span> spans = new ArrayList<>();
    TreeNodes.of(Name.class, tree).forEach(name -> spans.add(name.span()));
    TreeNodes.of(Expr.Literal.class, tree).forEach(literal -> spans.add(literal.span()));
    TreeNodes.of(Expr.Parameter.class, tree).forEach(parameter -> spans.add(parameter.span()));
    TreeNodes.of(Expr.Cast.class, tree)
        .forEach(cast -> spans.add(new Span(cast.operand().span().end(), cast.span().end())));
    return spans;
  }
}
