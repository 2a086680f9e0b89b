package dev.cairn.corpus;

import static dev.cairn.corpus.RandomTables.quoted;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.MemoryFolders;
import dev.cairn.analysis.Analysis;
import dev.cairn.analysis.Analyzer;
import dev.cairn.corpus.RandomTables.End;
import dev.cairn.sql.Flavour;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.Tag;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeProperty;

/** {@code FOR KEY parent} touches what the whole key says, in whatever way it is written. */
class ForKeyProperties {
  private Path folder;
  private int number;

  /** One statement in two tongues. */
  private record Pair(RandomTables tables, String forKey, String wholeKey) {
    @Override
    public String toString() {
      return tables.script() + "\n\n" + forKey + "\n\nmeans:\n" + wholeKey + "\n";
    }
  }

  @BeforeProperty
  void folder() throws Exception {
    folder = MemoryFolders.make("cairn-for-key");
  }

  @AfterProperty
  void tidy() throws Exception {
    MemoryFolders.delete(folder);
  }

  @Provide
  Arbitrary<List<Integer>> tapes() {
    return Arbitraries.integers()
        .between(0, 9_999)
        .withDistribution(RandomDistribution.uniform())
        .list()
        .ofSize(32);
  }

  @Property(tries = 60, edgeCases = EdgeCasesMode.NONE)
  void a_change_for_a_key_touches_what_exists_over_the_whole_key(
      @ForAll("tapes") List<Integer> tape) throws Exception {
    judge(change(new Tape(tape)));
  }

  @Property(tries = 60, edgeCases = EdgeCasesMode.NONE)
  void a_join_for_a_key_gives_what_a_join_over_the_whole_key_gives(
      @ForAll("tapes") List<Integer> tape) throws Exception {
    judge(join(new Tape(tape)));
  }

  @Tag("longRounds")
  @Property(tries = 3_000, edgeCases = EdgeCasesMode.NONE)
  void both_in_very_many_rounds(@ForAll("tapes") List<Integer> tape) throws Exception {
    judge(change(new Tape(tape)));
    judge(join(new Tape(tape)));
  }

  private void judge(Pair pair) throws Exception {
    Path file = folder.resolve(++number + ".db");
    try (Sample sample = Sample.of(file, pair.tables().script())) {
      Analysis analysis = new Analyzer(sample.catalog(), Flavour.SQLITE).analyse("", pair.forKey());
      assertThat(analysis.analysed()).describedAs("%s%s", pair, analysis.findings()).isTrue();
      assertThat(analysis.findings())
          .describedAs("%s", pair)
          .noneMatch(each -> each.check().equals("partial-key"));
      assertThat(
              sample
                  .oracle()
                  .outcome(analysis.sql())
                  .same(sample.oracle().outcome(pair.wholeKey())))
          .describedAs("%s\nwritten out as\n%s\n", pair, analysis.sql())
          .isTrue();
    } finally {
      Files.deleteIfExists(file);
    }
  }

  private static Pair change(Tape tape) {
    RandomTables tables = declared(tape);
    End child = tape.of(tables.child, tables.sibling);
    String table = quoted(child.table());
    String label = tape.chance(40) ? "c" : table;
    String target = label.equals("c") ? table + " AS c" : table;
    String parent = quoted(tables.parent.table());
    boolean named = tape.chance(60);
    String parentLabel = named ? "p" : parent;
    String from = named ? tape.of(parent + " AS p", parent + " p") : parent;
    String asked = asked(tape, parentLabel);
    String own = tape.of("", label + ".amount >= 8", label + ".kind <> 'c'");
    String where = and(asked, own);
    String link = link(child, label, tables.parent, parentLabel);
    String exists = "EXISTS (SELECT 1 FROM %s WHERE %s)".formatted(from, and(link, asked));
    String whole = " WHERE " + and(exists, own);
    String tail = where.isEmpty() ? "" : " WHERE " + where;
    String forKey = " " + tape.of("FOR KEY", "for key", "For /* the whole */ Key") + " " + from;
    if (tape.chance(30)) {
      return new Pair(
          tables,
          Layout.of("DELETE FROM " + target + forKey + tail, 4 * tape.pick(2)),
          "DELETE FROM " + target + whole);
    }
    boolean value = tape.chance(50);
    String update = "UPDATE " + target + " SET amount = ";
    return new Pair(
        tables,
        update + (value ? parentLabel + ".amount" : "-1") + forKey + tail,
        update
            + (value
                ? "(SELECT %s.amount FROM %s WHERE %s)".formatted(parentLabel, from, link)
                : "-1")
            + whole);
  }

  private static Pair join(Tape tape) {
    RandomTables tables = declared(tape);
    End child = tape.of(tables.child, tables.sibling);
    boolean childFirst = !tape.chance(40);
    String first = quoted(childFirst ? child.table() : tables.parent.table()) + " AS a";
    String second = quoted(childFirst ? tables.parent.table() : child.table()) + " AS b";
    String link =
        childFirst ? link(child, "a", tables.parent, "b") : link(child, "b", tables.parent, "a");
    String join = tape.of(" JOIN ", " LEFT JOIN ", " INNER JOIN ");
    String asked = asked(tape, "b");
    String tail = asked.isEmpty() ? "" : " WHERE " + asked;
    String select =
        tape.of("", "INSERT INTO audit (a, b, c) ") + "SELECT a.amount, a.kind, b.code FROM ";
    return new Pair(
        tables,
        select + first + join + second + " FOR KEY" + tail,
        select + first + join + second + " ON " + link + tail);
  }

  /** FOR KEY needs declared references. */
  private static RandomTables declared(Tape tape) {
    RandomTables tables = new RandomTables(tape);
    return tables.declared ? tables : new RandomTables(new Tape(List.of(0, 0)));
  }

  private static String asked(Tape tape, String label) {
    return tape.of(
        label + ".kind = 'b'",
        "",
        label + ".amount > 12",
        "(" + label + ".kind = 'a' OR " + label + ".amount < 15)",
        label + ".kind IN ('a', 'b') AND " + label + ".code <> 'c3'");
  }

  private static String link(End child, String label, End parent, String parentLabel) {
    return IntStream.range(0, parent.key().size())
        .mapToObj(
            i ->
                "%s.%s = %s.%s"
                    .formatted(label, child.key().get(i), parentLabel, parent.key().get(i)))
        .collect(Collectors.joining(" AND "));
  }

  private static String and(String... conditions) {
    List<String> all = new ArrayList<>(List.of(conditions));
    all.removeIf(String::isEmpty);
    return String.join(" AND ", all);
  }
}
