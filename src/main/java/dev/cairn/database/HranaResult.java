package dev.cairn.database;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** The rows of a statement's result. */
final class HranaResult {
  private HranaResult() {}

  static List<String> columns(JsonNode result) {
    List<String> columns = new ArrayList<>();
    result.path("cols").forEach(column -> columns.add(column.path("name").asText("")));
    return columns;
  }

  static List<List<Object>> rows(JsonNode result) throws HranaException {
    List<List<Object>> rows = new ArrayList<>();
    for (JsonNode cells : result.path("rows")) {
      rows.add(row(cells));
    }
    return rows;
  }

  /** The first row, an empty list where there is none. */
  static List<Object> firstRow(JsonNode result) throws HranaException {
    JsonNode first = result.path("rows").path(0);
    return first.isArray() ? row(first) : List.of();
  }

  private static List<Object> row(JsonNode cells) throws HranaException {
    List<Object> row = new ArrayList<>(cells.size());
    for (JsonNode cell : cells) {
      row.add(HranaValue.read(cell));
    }
    return row;
  }
}
