package dev.cairn.analysis.scope;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.analysis.link.Schema;
import dev.cairn.sql.Flavour;
import dev.cairn.sql.SqlParser;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each name means what the engine takes it for. */
class ResolverTest {

  @ParameterizedTest
  @CsvSource(
      delimiterString = " ==> ",
      quoteCharacter = '~',
      textBlock =
          """
          DELETE FROM agg WHERE point_id IN (SELECT point_id FROM point_info) ==> agg.point_id, outer agg.point_id
          SELECT avg AS a FROM agg WHERE a > 1 ==> agg.avg
          SELECT r.rowid FROM readings r ==> readings.id
          SELECT x.p FROM (SELECT point_id + 1 AS p FROM agg) x ==> agg.point_id, agg.point_id
          SELECT id FROM energy ==> point_info.system_id, point_info.id, point_info.metric_type, point_info.id
          WITH e(n) AS (SELECT id FROM point_info) SELECT n FROM e ==> point_info.id, point_info.id
          SELECT max(m.d) FROM (SELECT max(day) AS d FROM agg) m ==> agg.day, agg.day
          SELECT "no such name" FROM log ==> ~~
          INSERT INTO log VALUES (1, 'x') ON CONFLICT (id) DO UPDATE SET what = excluded.what ==> log.id, log.what
          """)
  void a_name_is_followed_to_the_table_that_it_comes_from(String sql, String origins) {
    Resolution resolution = resolution(sql, Flavour.SQLITE);
    assertThat(String.join(", ", origins(resolution))).isEqualTo(origins);
    assertThat(resolution.unresolved()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " ==> ",
      quoteCharacter = '~',
      textBlock =
          """
          SELECT avg AS a FROM agg WHERE a > 1 ==> a
          SELECT "nobody" FROM log ==> nobody
          SELECT rowid FROM log ==> rowid
          SELECT l.nothing FROM log l ==> nothing
          """)
  void postgresql_has_fewer_meanings(String sql, String unresolved) {
    assertThat(resolution(sql, Flavour.POSTGRESQL).unresolved())
        .extracting(ref -> ref.column().text())
        .containsExactly(unresolved);
  }

  private static Resolution resolution(String sql, Flavour flavour) {
    return Resolver.resolve(
        SqlParser.parse(sql, flavour), Schema.catalog(), flavour, new Views(flavour));
  }

  private static List<String> origins(Resolution resolution) {
    return resolution.columns().stream()
        .sorted(
            Comparator.comparing((ResolvedColumn column) -> column.block().written())
                .thenComparing(column -> column.ref().span().start()))
        .flatMap(
            column ->
                Origins.of(column.relation(), column.column()).stream()
                    .map(
                        origin ->
                            (column.outer() ? "outer " : "")
                                + origin.relation().title()
                                + "."
                                + origin.column()))
        .toList();
  }
}
