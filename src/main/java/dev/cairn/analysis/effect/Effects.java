package dev.cairn.analysis.effect;

import dev.cairn.analysis.Effect;
import dev.cairn.analysis.EffectKind;
import dev.cairn.catalog.Catalog;
import dev.cairn.catalog.Table;
import dev.cairn.sql.StatementKind;
import dev.cairn.sql.tree.Ddl;
import dev.cairn.sql.tree.Delete;
import dev.cairn.sql.tree.Explain;
import dev.cairn.sql.tree.Insert;
import dev.cairn.sql.tree.Merge;
import dev.cairn.sql.tree.Name;
import dev.cairn.sql.tree.Opaque;
import dev.cairn.sql.tree.Query;
import dev.cairn.sql.tree.Setting;
import dev.cairn.sql.tree.Statement;
import dev.cairn.sql.tree.TransactionControl;
import dev.cairn.sql.tree.Update;
import dev.cairn.sql.tree.With;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Lists what a statement does, in the order in which it does it. */
public final class Effects {
  private final Catalog catalog;
  private final List<Effect> effects = new ArrayList<>();

  private Effects(Catalog catalog) {
    this.catalog = catalog;
  }

  /**
   * Returns what the statement does; empty for what only reads.
   *
   * @param shape what its tokens say of it
   */
  public static List<Effect> of(Statement statement, StatementKind shape, Catalog catalog) {
    Effects effects = new Effects(catalog);
    effects.read(statement, shape);
    if (effects.effects.isEmpty() && shape != StatementKind.READ) {
      // The tree sees a query; the tokens see a function that writes, a lock, or INTO.
      effects.add(EffectKind.OPAQUE, Optional.empty(), statement);
    }
    return effects.effects;
  }

  private void read(Statement statement, StatementKind shape) {
    if (statement instanceof Query query) {
      query(query);
    } else if (statement instanceof Explain explain) {
      if (explain.executes()) {
        read(explain.statement(), shape);
      }
    } else if (statement instanceof Ddl ddl) {
      ddl(ddl);
    } else if (statement instanceof TransactionControl) {
      add(EffectKind.TRANSACTION, Optional.empty(), statement);
    } else if (statement instanceof Setting setting) {
      if (!setting.reads()) {
        add(EffectKind.SETTING, Optional.empty(), statement);
      }
    } else if (statement instanceof Opaque) {
      opaque(statement, shape);
    } else {
      change(statement);
    }
  }

  private void query(Query query) {
    with(query.with());
    if (query.body() instanceof Query.Nested nested) {
      query(nested.query());
    }
  }

  /** A common table may change rows; they are changed before anything else. */
  private void with(Optional<With> with) {
    with.ifPresent(each -> each.ctes().forEach(cte -> common(cte.body())));
  }

  private void common(Statement body) {
    if (body instanceof Query query) {
      query(query);
    } else {
      change(body);
    }
  }

  private void change(Statement statement) {
    if (statement instanceof Insert insert) {
      with(insert.with());
      add(kind(insert), Optional.of(insert.target().name()), insert);
    } else if (statement instanceof Update update) {
      with(update.with());
      add(EffectKind.UPDATE, Optional.of(update.target().name()), update);
      if (update.orAction().equals("REPLACE")) {
        add(EffectKind.REPLACE, Optional.of(update.target().name()), update);
      }
    } else if (statement instanceof Delete delete) {
      with(delete.with());
      add(EffectKind.DELETE, Optional.of(delete.target().name()), delete);
    } else if (statement instanceof Merge merge) {
      with(merge.with());
      add(EffectKind.MERGE, Optional.of(merge.target().name()), merge);
    } else {
      add(EffectKind.OPAQUE, Optional.empty(), statement);
    }
  }

  private static EffectKind kind(Insert insert) {
    if (insert.orAction().equals("REPLACE")) {
      return EffectKind.REPLACE;
    }
    return insert.onConflict().stream().allMatch(Insert.OnConflict::doesNothing)
        ? EffectKind.INSERT
        : EffectKind.UPSERT;
  }

  private void ddl(Ddl ddl) {
    if (ddl instanceof Ddl.CreateTable table) {
      add(EffectKind.ADDITIVE_DDL, last(table.path()), ddl);
    } else if (ddl instanceof Ddl.CreateIndex index) {
      add(EffectKind.ADDITIVE_DDL, last(index.table()), ddl);
    } else if (ddl instanceof Ddl.CreateView view) {
      add(view.orReplace() ? EffectKind.DDL : EffectKind.ADDITIVE_DDL, last(view.path()), ddl);
    } else if (ddl instanceof Ddl.CreateTrigger trigger) {
      add(EffectKind.ADDITIVE_DDL, last(trigger.table()), ddl);
    } else if (ddl instanceof Ddl.AlterTable alter) {
      boolean adds =
          !alter.actions().isEmpty()
              && alter.actions().stream().allMatch(Ddl.Action.AddColumn.class::isInstance);
      add(adds ? EffectKind.ADDITIVE_DDL : EffectKind.DDL, last(alter.path()), ddl);
    } else if (ddl instanceof Ddl.Drop drop) {
      drop.paths().forEach(path -> add(EffectKind.DDL, last(path), ddl));
    } else if (ddl instanceof Ddl.Truncate truncate) {
      truncate.paths().forEach(path -> add(EffectKind.TRUNCATE, last(path), ddl));
    } else {
      add(EffectKind.DDL, Optional.empty(), ddl);
    }
  }

  private void opaque(Statement statement, StatementKind shape) {
    switch (shape) {
      case READ -> {
        // nothing is done
      }
      case BEGIN, COMMIT, ROLLBACK, SAVEPOINT ->
          add(EffectKind.TRANSACTION, Optional.empty(), statement);
      case ADDITIVE_DDL -> add(EffectKind.ADDITIVE_DDL, Optional.empty(), statement);
      case DDL -> add(EffectKind.DDL, Optional.empty(), statement);
      case SETTING -> add(EffectKind.SETTING, Optional.empty(), statement);
      default -> add(EffectKind.OPAQUE, Optional.empty(), statement);
    }
  }

  private static Optional<Name> last(List<Name> path) {
    return path.isEmpty() ? Optional.empty() : Optional.of(path.get(path.size() - 1));
  }

  private void add(EffectKind kind, Optional<Name> table, Statement part) {
    Optional<String> name =
        table.map(each -> catalog.table(each.text()).map(Table::name).orElse(each.text()));
    effects.add(new Effect(kind, name, part));
  }
}
