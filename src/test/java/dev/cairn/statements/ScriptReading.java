package dev.cairn.statements;

import dev.cairn.sql.Flavour;
import dev.cairn.sql.Piece;
import dev.cairn.sql.StatementShape;
import dev.cairn.sql.StatementSplitter;
import java.util.List;

/** Measures how long a script of 10 MB takes to be split and classified: src/test/bench/reading. */
final class ScriptReading {

  private static final int CHARS = 10_000_000;
  private static final int ROUNDS = 3;

  private ScriptReading() {}

  public static void main(String[] arguments) {
    for (Flavour flavour : Flavour.values()) {
      String script = script();
      for (int round = 1; round <= ROUNDS; round++) {
        long start = System.nanoTime();
        List<Piece> pieces = StatementSplitter.all(script, flavour);
        long split = System.nanoTime();
        pieces.forEach(piece -> StatementShape.classify(piece.text(script), flavour));
        long classified = System.nanoTime();
        System.out.printf(
            "%-10s round %d: %,d statements, split in %d ms, classified in %d ms%n",
            flavour,
            round,
            pieces.size(),
            (split - start) / 1_000_000,
            (classified - split) / 1_000_000);
      }
    }
  }

  private static String script() {
    StringBuilder script = new StringBuilder();
    for (int i = 0; script.length() < CHARS; i++) {
      script
          .append("INSERT INTO readings VALUES (" + i + ", 'it''s', 2.5), (" + i + ", NULL, -1);\n")
          .append("UPDATE agg SET delta = avg * n -- half a key\nWHERE id IN (SELECT id FROM p);\n")
          .append("SELECT a, b FROM t /* why */ WHERE x = 'a;b' ORDER BY 1;\n")
          .append("WITH x AS (SELECT " + i + ") DELETE FROM t WHERE a IN (SELECT * FROM x);\n");
    }
    return script.toString();
  }
}
