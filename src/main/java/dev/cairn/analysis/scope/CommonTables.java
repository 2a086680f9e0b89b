package dev.cairn.analysis.scope;

import dev.cairn.sql.tree.With;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The common tables in sight at some place, the nearest first. */
final class CommonTables {

  static final CommonTables NONE = new CommonTables(Optional.empty(), Optional.empty());

  /** One of them while the statement is read. */
  static final class Common {
    final With.Cte cte;
    final boolean recursive;
    final CommonTables sight;
    boolean used;
    boolean beingRead;
    boolean anchorBeingRead;

    /**
     * Where the rows come from when it changes rows: that happens once, however often it is read.
     */
    Optional<Block> change = Optional.empty();

    Common(With.Cte cte, boolean recursive, CommonTables sight) {
      this.cte = cte;
      this.recursive = recursive;
      this.sight = sight;
    }
  }

  private final Optional<CommonTables> around;
  private final Optional<Place> place;
  private final Map<String, Common> byName = new HashMap<>();
  private final List<Common> inOrder = new ArrayList<>();

  CommonTables(Optional<CommonTables> around, Optional<Place> place) {
    this.around = around;
    this.place = place;
  }

  /** Where the body of one of them stands when nobody reads it. */
  Place place(Common common, Usage usage) {
    return place(common, usage, place.flatMap(Place::holder));
  }

  /** Where the body of one of them stands when a block reads it. */
  Place place(Common common, Usage usage, Optional<Block> reader) {
    return new Place(
        place.flatMap(Place::outer),
        reader,
        usage,
        Optional.empty(),
        this,
        place.map(Place::written).orElse(true),
        common.used || place.map(Place::copy).orElse(false));
  }

  void add(With.Cte cte, boolean recursive) {
    Common common = new Common(cte, recursive, this);
    byName.put(cte.name().folded(), common);
    inOrder.add(common);
  }

  List<Common> inOrder() {
    return inOrder;
  }

  Optional<Common> find(String name) {
    Common found = byName.get(name.toLowerCase(Locale.ROOT));
    if (found != null) {
      return Optional.of(found);
    }
    return around.flatMap(each -> each.find(name));
  }

  /** The one further out, where a table reads its own name and isn't recursive. */
  Optional<Common> findAround(String name) {
    return around.flatMap(each -> each.find(name));
  }
}
