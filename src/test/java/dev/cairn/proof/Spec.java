package dev.cairn.proof;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/**
 * What a random migration looks like; small values make simple migrations, so that a failure
 * shrinks to one.
 */
record Spec(Shape shape, Policy policy, Source source, Target target, Data data, Work work) {

  /** What the plan's query is. */
  enum Shape {
    COPY,
    FAN_OUT,
    FAN_OUT_LOOKUP,
    FAN_OUT_VARIANTS,
    AGGREGATE
  }

  /** What happens to rows that are there with other values. */
  enum Policy {
    KEEP,
    REPLACE,
    STOP
  }

  /** A column's declared type. */
  enum Type {
    INTEGER("INTEGER"),
    TEXT("TEXT"),
    REAL("REAL"),
    BLOB("BLOB"),
    NONE(""),
    NOCASE("TEXT COLLATE NOCASE");

    final String sql;

    Type(String sql) {
      this.sql = sql;
    }
  }

  /** What divides the work. */
  enum LaneKind {
    NONE,
    INTEGER,
    TEXT,
    MIXED
  }

  /** What batches advance by. */
  enum Cursor {
    NUMBER("id"),
    COLUMN("cur"),
    EXPRESSION("id / 3");

    final String sql;

    Cursor(String sql) {
      this.sql = sql;
    }
  }

  /** How the target names its rows. */
  enum Layout {
    PRIMARY_KEY,
    WITHOUT_ROWID,
    NUMBERED,
    AUTOINCREMENT,
    UNIQUE_INDEX
  }

  record Source(LaneKind lane, Type cursorType, Cursor cursor, boolean indexed, boolean where) {}

  record Target(
      Type keyType,
      Layout layout,
      boolean laneInKey,
      boolean trigger,
      boolean parents,
      int keySort) {}

  record Data(int rows, int lanes, boolean duplicates, int there, int different, long seed) {}

  /** How each start of the run ends. */
  enum End {
    STOPPED,
    FAULT,
    DEATH
  }

  record Interruption(End end, int batches) {}

  record Work(int batchRows, List<Interruption> interruptions) {}

  static Arbitrary<Spec> any() {
    return Combinators.combine(
            Arbitraries.of(Shape.class),
            Arbitraries.of(Policy.class),
            anySource(),
            anyTarget(),
            anyData(),
            anyWork())
        .as(Spec::new);
  }

  private static Arbitrary<Source> anySource() {
    Arbitrary<Boolean> flag = Arbitraries.of(false, true);
    return Combinators.combine(
            Arbitraries.of(LaneKind.class),
            Arbitraries.of(Type.class),
            Arbitraries.of(Cursor.class),
            flag,
            flag)
        .as(Source::new);
  }

  private static Arbitrary<Target> anyTarget() {
    Arbitrary<Boolean> flag = Arbitraries.of(false, true);
    return Combinators.combine(
            Arbitraries.of(Type.class),
            Arbitraries.of(Layout.class),
            flag,
            flag,
            flag,
            Arbitraries.integers().between(0, 5))
        .as(Target::new);
  }

  private static Arbitrary<Data> anyData() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 60),
            Arbitraries.integers().between(1, 4),
            Arbitraries.of(false, true),
            Arbitraries.integers().between(0, 4),
            Arbitraries.integers().between(0, 4),
            Arbitraries.longs())
        .as(Data::new);
  }

  private static Arbitrary<Work> anyWork() {
    Arbitrary<Interruption> interruption =
        Combinators.combine(Arbitraries.of(End.class), Arbitraries.integers().between(0, 6))
            .as(Interruption::new);
    return Combinators.combine(
            Arbitraries.integers().between(1, 20), interruption.list().ofMaxSize(4))
        .as(Work::new);
  }

  boolean hasLane() {
    return source.lane() != LaneKind.NONE;
  }

  /** Whether a lane's name is a part of the target's key. */
  boolean laneInKey() {
    return hasLane() && (target.laneInKey() || shape == Shape.AGGREGATE);
  }

  /** Whether the source row's number must be a part of the target's key for it to be one. */
  boolean numberInKey() {
    boolean sameAcrossLanes = hasLane() && !laneInKey();
    return shape != Shape.AGGREGATE && (data.duplicates() || sameAcrossLanes);
  }

  boolean fansOut() {
    return shape != Shape.COPY && shape != Shape.AGGREGATE;
  }

  /** A group can't be cut, so there the cursor is what is grouped by. */
  String cursor() {
    return shape == Shape.AGGREGATE ? Cursor.COLUMN.sql : source.cursor().sql;
  }
}
