package dev.cairn.example;

import java.util.Arrays;
import java.util.List;

/**
 * The monitoring points of all systems, in order of system and id.
 *
 * <p>Ids repeat across systems with other meanings: that is how migration 0035 went wrong. Fronius
 * lacks {@code generatorStatus}: points are created when first data comes, and there never was any.
 */
final class PointCatalog {
  private final List<Point> points;

  /** The points that a resource lists. */
  PointCatalog(String resource) {
    points = Resource.lines(resource).stream().skip(1).map(PointCatalog::parse).toList();
  }

  List<Point> all() {
    return points;
  }

  List<Point> of(int system) {
    return points.stream().filter(point -> point.system() == system).toList();
  }

  private static Point parse(String line) {
    List<String> cells =
        Arrays.stream(line.split(",", -1)).map(cell -> cell.isEmpty() ? null : cell).toList();
    int last = cells.size() - 1;
    Measure measure = cells.get(last) == null ? null : Measure.valueOf(cells.get(last));
    return new Point(
        Integer.parseInt(cells.get(0)),
        Integer.parseInt(cells.get(1)),
        measure,
        cells.subList(2, last));
  }
}
