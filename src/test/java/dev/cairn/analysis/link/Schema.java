package dev.cairn.analysis.link;

import dev.cairn.analysis.Analysis;
import dev.cairn.analysis.Analyzer;
import dev.cairn.catalog.Catalog;
import dev.cairn.catalog.SchemaReplay;
import dev.cairn.sql.Flavour;
import dev.cairn.sql.Piece;
import dev.cairn.sql.SqlParser;
import dev.cairn.sql.StatementSplitter;
import java.util.Optional;

/** A small schema whose point ids repeat in every system. */
public final class Schema {
  private static final String DDL =
      """
      CREATE TABLE systems (id INTEGER PRIMARY KEY, name TEXT);
      CREATE TABLE point_info (system_id INTEGER NOT NULL REFERENCES systems(id), id INTEGER NOT NULL,
        metric_type TEXT, alias TEXT, active INTEGER, PRIMARY KEY (system_id, id), UNIQUE (system_id, alias));
      CREATE TABLE agg (system_id INTEGER NOT NULL, point_id INTEGER NOT NULL, day TEXT NOT NULL, avg REAL,
        PRIMARY KEY (system_id, point_id, day),
        FOREIGN KEY (system_id, point_id) REFERENCES point_info(system_id, id));
      CREATE TABLE readings (id INTEGER PRIMARY KEY, system_id INTEGER NOT NULL, point_id INTEGER NOT NULL,
        other_id INTEGER, value REAL,
        FOREIGN KEY (system_id, point_id) REFERENCES point_info(system_id, id) ON DELETE CASCADE,
        FOREIGN KEY (system_id, other_id) REFERENCES point_info(system_id, id));
      CREATE TABLE log (id INTEGER PRIMARY KEY, what TEXT);
      CREATE TABLE stock (id INTEGER PRIMARY KEY, n INTEGER);
      CREATE TABLE latest (id INTEGER PRIMARY KEY ON CONFLICT REPLACE, n INTEGER);
      CREATE TRIGGER stock_log AFTER UPDATE ON stock BEGIN INSERT INTO log (what) VALUES (new.n); END;
      CREATE TRIGGER stock_look BEFORE INSERT ON stock BEGIN SELECT RAISE(ABORT, 'no') WHERE new.n < 0; END;
      CREATE VIEW energy AS SELECT system_id, id FROM point_info WHERE metric_type = 'energy';
      CREATE VIEW energy_ids AS SELECT id AS point_id FROM point_info WHERE metric_type = 'energy';
      """;

  private static final Catalog CATALOG = replayed();

  private Schema() {}

  private static Catalog replayed() {
    SchemaReplay replay = new SchemaReplay(Flavour.SQLITE);
    Optional<Piece> piece = StatementSplitter.next(DDL, 0, Flavour.SQLITE);
    while (piece.isPresent()) {
      String text = piece.get().text(DDL);
      replay.follow(SqlParser.parse(text, Flavour.SQLITE), text);
      piece = StatementSplitter.next(DDL, piece.get().following(), Flavour.SQLITE);
    }
    return replay.catalog();
  }

  public static Catalog catalog() {
    return CATALOG;
  }

  public static Analysis analysis(String sql) {
    return analysis(sql, Flavour.SQLITE);
  }

  public static Analysis analysis(String sql, Flavour flavour) {
    return new Analyzer(CATALOG, flavour).analyse("", sql);
  }
}
