package dev.cairn.analysis.link;

import dev.cairn.analysis.Edit;
import dev.cairn.analysis.scope.Block;
import dev.cairn.analysis.scope.ExprParts;
import dev.cairn.analysis.scope.Relation;
import dev.cairn.sql.tree.Expr;
import dev.cairn.sql.tree.From;
import dev.cairn.sql.tree.Insert;
import dev.cairn.sql.tree.Name;
import dev.cairn.sql.tree.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Closes a gap by the smallest edits of the statement's own text. */
final class Mender {
  private final String text;
  private final References references;
  private final Sides sides;
  private final Places places;
  private final Conjunctions conjunctions;

  Mender(String text, References references, Sides sides, Places places) {
    this.text = text;
    this.references = references;
    this.sides = sides;
    this.places = places;
    this.conjunctions = new Conjunctions(places);
  }

  Mend mend(Gap gap) {
    Edge edge = gap.edge();
    if (gap.apart()) {
      return Mend.none("both sides are held to values of their own; say which one is meant");
    }
    if (gap.several()) {
      return Mend.none("several foreign keys fit; write out the one that is meant");
    }
    if (!edge.block().written()) {
      return Mend.none("the link stands in a view; mend the view");
    }
    return switch (edge.form()) {
      case COMPARE -> compare(gap);
      case IN -> in(gap);
      case SCALAR -> scalar(gap);
      case USING, NATURAL -> shared(gap);
      case INSERT -> insert(gap);
    };
  }

  /** {@code a.id = b.id} becomes {@code a.id = b.id AND a.system_id = b.system_id}. */
  private Mend compare(Gap gap) {
    Edge edge = gap.edge();
    Optional<Equation> equation = equation(gap, edge.block());
    if (equation.isEmpty()) {
      return Mend.none(references.reason());
    }
    Span at = places.balanced(edge.at());
    List<Edit> edits = new ArrayList<>(equation.get().edits);
    if (!edge.bare()) {
      edits.add(Edit.before(at.start(), "("));
    }
    edits.add(Edit.before(at.end(), " AND " + equation.get().text + (edge.bare() ? "" : ")")));
    Optional<String> question = equation.get().question.or(() -> narrowed(gap, edge.block()));
    return Mend.of(edits, question);
  }

  /** What an aggregate or a LIMIT of the block becomes when it sees fewer rows. */
  private Optional<String> narrowed(Gap gap, Block block) {
    boolean both = block == gap.one().block() && block == gap.other().block();
    if (both || block.statement().isPresent()) {
      return Optional.empty();
    }
    boolean row = gap.kind() != Gap.Kind.SIBLINGS && block.contains(gap.other().block());
    if (row && !Groups.aggregates(block)) {
      return Optional.empty();
    }
    return Questions.narrowed(block, gap.missing().get(0).key(), text);
  }

  /** The missing columns of both sides, put equal. */
  private static final class Equation {
    final String text;
    final List<Edit> edits;
    final Optional<String> question;

    Equation(String text, List<Edit> edits, Optional<String> question) {
      this.text = text;
      this.edits = edits;
      this.question = question;
    }
  }

  private Optional<Equation> equation(Gap gap, Block block) {
    boolean turned =
        gap.edge().left().base().filter(node -> node.relation() == gap.one()).isEmpty();
    StringBuilder all = new StringBuilder();
    List<Edit> edits = new ArrayList<>();
    Optional<String> question = Optional.empty();
    for (Gap.Part part : gap.missing()) {
      Optional<Reference> one = references.of(turned ? part.other() : part.one(), block);
      if (one.isEmpty()) {
        return Optional.empty();
      }
      Optional<Reference> other = references.of(turned ? part.one() : part.other(), block);
      if (other.isEmpty()) {
        return Optional.empty();
      }
      all.append(all.length() == 0 ? "" : " AND ");
      all.append(one.get().qualified()).append(" = ").append(other.get().qualified());
      edits.addAll(one.get().edits());
      edits.addAll(other.get().edits());
      question = question.or(one.get()::question).or(other.get()::question);
    }
    return Optional.of(new Equation(all.toString(), edits, question));
  }

  /** {@code x IN (SELECT id …)} becomes {@code (system_id, x) IN (SELECT system_id, id …)}. */
  private Mend in(Gap gap) {
    Mend row = new RowValues(references, sides, places).mend(gap);
    return row.exists() ? row : correlated(gap, row.reason());
  }

  private Mend scalar(Gap gap) {
    Block inner = gap.edge().right().block();
    boolean plain =
        !Groups.aggregates(inner)
            && inner.select().filter(each -> each.groupBy().isEmpty()).isPresent();
    Mend row = plain ? new RowValues(references, sides, places).mend(gap) : Mend.none("");
    return row.exists()
        ? Mend.of(row.edits(), row.question().or(() -> Optional.of(Questions.single(gap))))
        : correlated(gap, row.reason());
  }

  /** Puts the equation into the subquery's own WHERE. */
  private Mend correlated(Gap gap, String before) {
    Block inner = gap.edge().right().block();
    if (!inner.written() || inner.select().isEmpty()) {
      return Mend.none(before.isEmpty() ? "the subquery can't be changed here" : before);
    }
    Optional<Equation> equation = equation(gap, inner);
    if (equation.isEmpty()) {
      return Mend.none(references.reason());
    }
    List<Edit> edits = new ArrayList<>(equation.get().edits);
    edits.addAll(conjunctions.add(inner, equation.get().text));
    Optional<String> question =
        equation
            .get()
            .question
            .or(() -> Questions.narrowed(inner, gap.missing().get(0).key(), text));
    return Mend.of(edits, question);
  }

  /** {@code USING (id)} becomes {@code USING (system_id, id)}, or WHERE says it. */
  private Mend shared(Gap gap) {
    From.Join join = gap.edge().join().orElseThrow();
    boolean sameNames = gap.missing().stream().allMatch(part -> isShared(part, gap.edge().block()));
    if (gap.edge().form() == Edge.Form.USING && sameNames) {
      String names =
          gap.missing().stream().map(part -> part.one().column()).collect(Collectors.joining(", "));
      Name last = join.using().get(join.using().size() - 1);
      return Mend.of(
          List.of(
              gap.lacksTheEnd()
                  ? Edit.before(last.span().end(), ", " + names)
                  : Edit.before(join.using().get(0).span().start(), names + ", ")),
          Optional.empty());
    }
    boolean inner =
        join.kind() == From.JoinKind.INNER
            || join.kind() == From.JoinKind.COMMA
            || join.kind() == From.JoinKind.CROSS;
    if (!inner) {
      return Mend.none("write the join with ON, over the whole key");
    }
    Optional<Equation> equation = equation(gap, gap.edge().block());
    if (equation.isEmpty()) {
      return Mend.none(references.reason());
    }
    List<Edit> edits = new ArrayList<>(equation.get().edits);
    edits.addAll(conjunctions.add(gap.edge().block(), equation.get().text));
    return Mend.of(edits, equation.get().question);
  }

  /** USING may only name what both sides, and no third table, have. */
  private static boolean isShared(Gap.Part part, Block block) {
    String name = part.one().column();
    List<Relation> having =
        block.relations().stream().filter(relation -> relation.has(name)).toList();
    return name.equals(part.other().column())
        && having.size() == 2
        && having.contains(part.one().relation())
        && having.contains(part.other().relation());
  }

  /** The source's rows are held to what the INSERT writes into the missing columns. */
  private Mend insert(Gap gap) {
    Block source = gap.edge().block();
    Relation target = gap.edge().left().visible().orElseThrow().relation();
    if (gap.one().table().equals(gap.other().table())) {
      return Mend.none("say from which " + gap.missing().get(0).key() + " the rows are copied");
    }
    List<Edit> edits = new ArrayList<>();
    StringBuilder all = new StringBuilder();
    for (Gap.Part part : gap.missing()) {
      boolean one = part.one().relation() == target;
      Optional<Expr> written = writtenTo(one ? part.one() : part.other(), source, target);
      Optional<Reference> found = references.of(one ? part.other() : part.one(), source);
      if (written.isEmpty() || found.isEmpty() || Groups.holdsAggregate(written.get())) {
        return Mend.none("say from which " + part.key() + " the rows come");
      }
      edits.addAll(found.get().edits());
      all.append(all.length() == 0 ? "" : " AND ");
      all.append(found.get().qualified())
          .append(" = ")
          .append(places.balanced(written.get().span()).in(text));
    }
    edits.addAll(conjunctions.add(source, all.toString()));
    return Mend.of(edits, Optional.empty());
  }

  private Optional<Expr> writtenTo(Node column, Block source, Relation target) {
    List<String> columns =
        target
            .block()
            .statement()
            .filter(Insert.class::isInstance)
            .map(each -> ((Insert) each).columns())
            .filter(names -> !names.isEmpty())
            .map(names -> names.stream().map(Name::text).toList())
            .orElse(target.columns());
    for (int i = 0; i < columns.size() && i < source.outputs().size(); i++) {
      if (columns.get(i).equalsIgnoreCase(column.column())) {
        return source.outputs().get(i).expr();
      }
    }
    return Optional.empty();
  }

  static List<Expr> values(Expr whole) {
    if (whole instanceof Expr.InQuery in) {
      return ExprParts.items(in.value());
    }
    if (whole instanceof Expr.Quantified quantified) {
      return ExprParts.items(quantified.value());
    }
    if (whole instanceof Expr.Compare compare) {
      return ExprParts.items(
          compare.left() instanceof Expr.ScalarQuery ? compare.right() : compare.left());
    }
    return List.of();
  }
}
