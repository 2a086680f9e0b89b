package dev.cairn.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class JsonProperties {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  @Property
  void integers_come_back_exactly(@ForAll long value) throws IOException {
    assertThat(written(value).longValue()).isEqualTo(value);
  }

  @Property
  void doubles_come_back_exactly(@ForAll("doubles") double value) throws IOException {
    assertThat(Double.doubleToLongBits(written(value).doubleValue()))
        .isEqualTo(Double.doubleToLongBits(value));
  }

  @Property
  void table_numbers_are_the_same_numbers(@ForAll("doubles") double value) {
    assertThat(Double.parseDouble(NumberText.of(value))).isEqualTo(value);
  }

  @Property
  void texts_come_back_exactly_and_without_harm(@ForAll("texts") String value) throws IOException {
    String line = line(value);

    assertThat(MAPPER.readTree(line).get("rows").get(0).get(0).textValue()).isEqualTo(value);
    assertThat(TerminalText.escape(line)).isEqualTo(line);
  }

  @Property
  void blobs_come_back_exactly(@ForAll byte[] value) throws IOException {
    assertThat(written(value).get("type").textValue()).isEqualTo("blob");
    assertThat(written(value).get("base64").binaryValue()).isEqualTo(value);
  }

  @Example
  void a_line_has_its_kind_first_and_keeps_the_order() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("z", null);
    fields.put("a", List.of(1, Map.of("b", true)));

    assertThat(new JsonLine("run", fields).text())
        .isEqualTo("{\"kind\":\"run\",\"cairn\":1,\"z\":null,\"a\":[1,{\"b\":true}]}");
  }

  private static JsonNode written(Object value) throws JsonProcessingException {
    return MAPPER.readTree(line(value)).get("rows").get(0).get(0);
  }

  private static String line(Object value) {
    String text = Rows.of("v").row(value).as(Format.JSON);
    assertThat(text).endsWith("\n");
    return text.substring(0, text.length() - 1);
  }

  @Provide
  Arbitrary<Double> doubles() {
    Arbitrary<Double> bits =
        Arbitraries.longs().map(Double::longBitsToDouble).filter(Double::isFinite);
    List<Double> known =
        Arrays.asList(
            0.0,
            -0.0,
            0.1,
            2e-3,
            1.0E22,
            2.0E22,
            9007199254740992.0,
            1e-7,
            1e17,
            Double.MIN_VALUE,
            Double.MAX_VALUE);
    return Arbitraries.oneOf(bits, Arbitraries.of(known), Arbitraries.doubles());
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.strings().all().ofMaxLength(40);
  }
}
