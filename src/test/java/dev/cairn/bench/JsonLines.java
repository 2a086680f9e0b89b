package dev.cairn.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Everything measured, one JSON object a line: first every process, then every figure. */
final class JsonLines {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private JsonLines() {}

  static List<String> of(Figures figures, List<TimedRun> log) {
    List<String> lines = new ArrayList<>();
    for (TimedRun run : log) {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("process", run.what());
      fields.put("seconds", run.seconds());
      fields.put("cpu_seconds", run.cpuSeconds());
      fields.put("peak_megabytes", run.peakMegabytes());
      lines.add(line(fields));
    }
    for (Figure figure : figures.all()) {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("figure", figure.what());
      fields.put("value", figure.value());
      fields.put("min", figure.sample().min());
      fields.put("max", figure.sample().max());
      fields.put("unit", figure.unit().strip());
      fields.put("limit", figure.limit().exists() ? figure.limit().most() : null);
      fields.put("judged", figures.judged());
      fields.put("holds", figure.holds());
      lines.add(line(fields));
    }
    return lines;
  }

  private static String line(Map<String, Object> fields) {
    try {
      return MAPPER.writeValueAsString(fields);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
