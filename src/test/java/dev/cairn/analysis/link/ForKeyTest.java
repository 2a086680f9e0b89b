package dev.cairn.analysis.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.analysis.Analysis;
import dev.cairn.analysis.Severity;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** FOR KEY is written out over the whole foreign key, or refused with the reason. */
class ForKeyTest {

  @ParameterizedTest
  @CsvSource(
      delimiterString = " ==> ",
      quoteCharacter = '~',
      textBlock =
          """
          UPDATE agg SET avg = NULL FOR KEY point_info WHERE metric_type = 'energy' ==> UPDATE agg SET avg = NULL FROM point_info WHERE point_info.system_id = agg.system_id AND point_info.id = agg.point_id AND metric_type = 'energy'
          UPDATE agg SET avg = NULL FOR KEY point_info p WHERE p.active = 0 OR alias = 'x' ==> UPDATE agg SET avg = NULL FROM point_info p WHERE p.system_id = agg.system_id AND p.id = agg.point_id AND (p.active = 0 OR alias = 'x')
          UPDATE agg SET avg = NULL FOR KEY point_info WHERE active = 1 AND system_id = 3 ==> UPDATE agg SET avg = NULL FROM point_info WHERE point_info.system_id = agg.system_id AND point_info.id = agg.point_id AND active = 1 AND agg.system_id = 3
          UPDATE agg SET avg = NULL FOR KEY point_info WHERE system_id = 3 ==> UPDATE agg SET avg = NULL FROM point_info WHERE point_info.system_id = agg.system_id AND point_info.id = agg.point_id AND agg.system_id = 3
          UPDATE agg SET avg = NULL FOR KEY point_info ==> UPDATE agg SET avg = NULL FROM point_info WHERE point_info.system_id = agg.system_id AND point_info.id = agg.point_id
          DELETE FROM agg FOR KEY point_info WHERE active = 0 OR alias = 'x' ==> DELETE FROM agg WHERE EXISTS (SELECT 1 FROM point_info WHERE point_info.system_id = agg.system_id AND point_info.id = agg.point_id AND (active = 0 OR alias = 'x'))
          DELETE FROM agg FOR KEY point_info ==> DELETE FROM agg WHERE EXISTS (SELECT 1 FROM point_info WHERE point_info.system_id = agg.system_id AND point_info.id = agg.point_id)
          SELECT avg FROM agg a JOIN point_info FOR KEY WHERE active = 0 ==> SELECT avg FROM agg a JOIN point_info ON point_info.system_id = a.system_id AND point_info.id = a.point_id WHERE active = 0
          SELECT avg FROM point_info p LEFT JOIN agg a FOR KEY ==> SELECT avg FROM point_info p LEFT JOIN agg a ON p.system_id = a.system_id AND p.id = a.point_id
          """)
  void it_is_written_out_over_the_whole_key(String written, String run) {
    Analysis analysis = Schema.analysis(written);
    assertThat(analysis.text()).isEqualTo(written);
    assertThat(analysis.sql()).isEqualTo(run);
    assertThat(analysis.analysed()).isTrue();
    assertThat(analysis.findings()).noneMatch(finding -> finding.check().equals("partial-key"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " ==> ",
      quoteCharacter = '~',
      textBlock =
          """
          UPDATE readings SET value = 1 FOR KEY point_info ==> several foreign keys lead to `point_info`: readings (system_id, other_id)
          DELETE FROM log FOR KEY point_info ==> no foreign key leads from `log` to `point_info`
          UPDATE agg SET avg = 1 FOR KEY point_inof ==> did you mean `point_info`?
          UPDATE agg SET avg = 1 FROM systems FOR KEY point_info ==> FOR KEY
          SELECT * FROM agg CROSS JOIN point_info FOR KEY ==> FOR KEY belongs behind a JOIN without USING
          """)
  void what_fits_several_keys_or_none_is_refused(String written, String reason) {
    Analysis analysis = Schema.analysis(written);
    assertThat(analysis.findings())
        .anyMatch(
            finding -> finding.severity() == Severity.ERROR && finding.message().contains(reason));
    assertThat(analysis.analysed()).isFalse();
    assertThat(analysis.runsAtOnce()).isFalse();
  }
}
