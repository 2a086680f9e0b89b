package dev.cairn.sql;

import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/** Texts for properties: any characters at all, and heaps of what makes lexers stumble. */
final class SqlTexts {

  private static final String[] SHARDS = {
    "SELECT",
    "a",
    "\"b\"",
    "'",
    "''",
    "\"",
    "`",
    "[",
    "]",
    "--",
    "/*",
    "*/",
    "\n",
    " ",
    ";",
    "(",
    ")",
    "$",
    "$$",
    "$x$",
    "E'",
    "\\",
    "U&'",
    "x'",
    "ab",
    "1",
    "0x",
    "1e",
    ".",
    "+",
    "-",
    "@",
    "?",
    ":",
    "::",
    "#",
    "é",
    "\0",
    "\ud83d",
    "BEGIN",
    "END",
    "CREATE",
    "TRIGGER",
    "FUNCTION",
    "ATOMIC",
    "CASE",
    "WITH",
    "AS",
    "DELETE",
    "EXPLAIN",
    "PRAGMA",
    "INSERT",
    "INTO",
    "VALUES",
    "CAST",
    "IN"
  };

  private SqlTexts() {}

  static Arbitrary<String> any() {
    Arbitrary<String> shards =
        Arbitraries.of(SHARDS).list().ofMaxSize(40).map(list -> String.join("", list));
    Arbitrary<String> spaced =
        Arbitraries.of(SHARDS)
            .list()
            .ofMaxSize(40)
            .map(list -> list.stream().collect(Collectors.joining(" ")));
    return Arbitraries.oneOf(Arbitraries.strings().all().ofMaxLength(60), shards, spaced);
  }

  /** Whole statements, none of which has a semicolon of its own except inside of something. */
  static Arbitrary<String> sqliteStatement() {
    return Arbitraries.of(
        "SELECT ';' FROM \"a;b\" -- ;\n WHERE [c;d] = `e;f` /* ; */",
        "CREATE TRIGGER t AFTER INSERT ON a WHEN new.begin = 1 BEGIN UPDATE b SET c = CASE WHEN 1 THEN 2 END; DELETE FROM d; END",
        "CREATE TEMP TRIGGER IF NOT EXISTS t BEFORE DELETE ON a BEGIN SELECT CASE WHEN 1 THEN CASE 2 WHEN 2 THEN 3 END END; END",
        "UPDATE t SET a = CASE WHEN b THEN ';' END",
        "BEGIN",
        "END",
        "SELECT $a(;)");
  }

  static Arbitrary<String> postgresqlStatement() {
    return Arbitraries.of(
        "SELECT $$ ; $$, $x$ ; $$ ; $x$, E'\\';' /* ; /* ; */ ; */",
        "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT CASE WHEN 1=1 THEN 2 END; SELECT 3; END",
        "CREATE OR REPLACE PROCEDURE p() LANGUAGE SQL BEGIN ATOMIC DELETE FROM t; END",
        "CREATE RULE r AS ON INSERT TO t DO ALSO (DELETE FROM a; DELETE FROM b)",
        "CREATE TRIGGER t AFTER INSERT ON a EXECUTE FUNCTION begin_atomic()",
        "BEGIN",
        "COMMIT");
  }
}
