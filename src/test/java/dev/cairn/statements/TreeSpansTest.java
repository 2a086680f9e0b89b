package dev.cairn.statements;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.sql.Flavour;
import dev.cairn.sql.Lexer;
import dev.cairn.sql.SqlParser;
import dev.cairn.sql.Token;
import dev.cairn.sql.TokenKind;
import dev.cairn.sql.tree.Ddl;
import dev.cairn.sql.tree.Expr;
import dev.cairn.sql.tree.Name;
import dev.cairn.sql.tree.Span;
import dev.cairn.sql.tree.Statement;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every node stands where it says it stands, and no name of the text is lost. */
class TreeSpansTest {

  static List<CollectedStatement> parsed() {
    return Stream.of(Flavour.values())
        .flatMap(flavour -> StatementCollection.accepted(flavour).stream())
        .filter(statement -> Understanding.of(tree(statement)) == Understanding.PARSED)
        .toList();
  }

  private static Statement tree(CollectedStatement statement) {
    return SqlParser.parse(statement.text(), statement.flavour());
  }

  @ParameterizedTest
  @MethodSource("parsed")
  void a_name_reads_at_its_place_as_it_does_in_the_tree(CollectedStatement statement) {
    for (Name name : TreeNodes.of(Name.class, tree(statement))) {
      String written = name.span().in(statement.text());
      Token token = Lexer.next(written, 0, statement.flavour());
      assertThat(token.end()).describedAs("%s: %s", statement, name).isEqualTo(written.length());
      if (!written.startsWith("U&")) {
        assertThat(name.text()).describedAs("%s", statement).isEqualTo(nameOf(token, written));
      }
      assertThat(name.quoted())
          .describedAs("%s: %s", statement, name)
          .isEqualTo(token.kind() != TokenKind.WORD);
    }
  }

  /** SQLite takes 'x' for a name here and there. */
  private static String nameOf(Token token, String written) {
    return token.kind() == TokenKind.STRING
        ? written.substring(1, written.length() - 1).replace("''", "'")
        : token.name(written);
  }

  @ParameterizedTest
  @MethodSource("parsed")
  void a_node_stands_within_the_one_above_it(CollectedStatement statement) {
    assertNested((Record) tree(statement), new Span(0, statement.text().length()), statement);
  }

  private static void assertNested(Record node, Span above, CollectedStatement statement) {
    Span all = new Span(0, statement.text().length());
    Span own = above;
    for (Record below : TreeNodes.below(node)) {
      if (below instanceof Span span) {
        own = span;
        assertThat(
                own.start() >= above.start()
                    && own.end() <= above.end()
                    && own.start() <= own.end())
            .describedAs("%s: %s within %s of %s", statement, own, above, node)
            .isTrue();
      }
    }
    for (Record below : TreeNodes.below(node)) {
      if (!(below instanceof Span)) {
        // A function's window may be spelled out at the end of its query.
        assertNested(below, node instanceof Expr.Function ? all : own, statement);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("parsed")
  void no_name_is_lost(CollectedStatement statement) {
    Statement tree = tree(statement);
    if (tree instanceof Ddl) {
      return;
    }
    assertThat(LostNames.of(statement, tree)).describedAs("%s%n%s", statement, tree).isEmpty();
  }
}
