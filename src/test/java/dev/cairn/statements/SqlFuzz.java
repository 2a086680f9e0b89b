package dev.cairn.statements;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryFile;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.cairn.sql.Flavour;
import dev.cairn.sql.Lexer;
import dev.cairn.sql.Piece;
import dev.cairn.sql.SqlParser;
import dev.cairn.sql.StatementShape;
import dev.cairn.sql.StatementSplitter;
import dev.cairn.sql.Token;
import dev.cairn.sql.tree.Opaque;
import dev.cairn.sql.tree.Span;
import dev.cairn.sql.tree.Statement;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;

/**
 * No text makes the reading of SQL throw, hang or overflow the stack. A plain test replays the
 * inputs beside the statements; {@code src/test/fuzz/run} looks for new ones.
 */
class SqlFuzz {

  private static final long LIMIT = 1_000_000_000L;

  @FuzzTest
  @DictionaryFile(resourcePath = "/statements/fuzz.dict")
  void splits(byte[] input) {
    within(LIMIT, input, SqlFuzz::split);
  }

  @FuzzTest
  @DictionaryFile(resourcePath = "/statements/fuzz.dict")
  void parses(byte[] input) {
    within(LIMIT, input, SqlFuzz::parse);
  }

  private interface Reader {
    void read(String text, Flavour flavour);
  }

  /** Of the thread's own time: the machine may be busy with something else. */
  private static void within(long nanos, byte[] input, Reader reader) {
    String text = new String(input, StandardCharsets.UTF_8);
    for (Flavour flavour : Flavour.values()) {
      long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
      reader.read(text, flavour);
      long taken = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start;
      assertThat(taken).describedAs("nanoseconds for %s", flavour).isLessThan(nanos);
    }
  }

  private static void split(String text, Flavour flavour) {
    int at = 0;
    for (Token token : Lexer.tokens(text, flavour)) {
      assertThat(token.start()).isEqualTo(at);
      assertThat(token.end()).isGreaterThan(at);
      at = token.end();
    }
    assertThat(at).isEqualTo(text.length());
    int following = 0;
    for (Piece piece : StatementSplitter.all(text, flavour)) {
      assertThat(piece.start()).isGreaterThanOrEqualTo(following);
      assertThat(piece.end()).isGreaterThan(piece.start());
      following = piece.following();
      assertThat(StatementShape.classify(piece.text(text), flavour)).isNotNull();
    }
  }

  private static void parse(String text, Flavour flavour) {
    Statement tree = SqlParser.parse(text, flavour);
    for (Span span : TreeNodes.of(Span.class, tree)) {
      assertThat(span.start()).isBetween(0, span.end());
      assertThat(span.end()).isLessThanOrEqualTo(text.length());
    }
    for (Opaque opaque : TreeNodes.of(Opaque.class, tree)) {
      assertThat(text).contains(opaque.text());
    }
  }
}
