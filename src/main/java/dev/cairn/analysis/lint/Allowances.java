package dev.cairn.analysis.lint;

import dev.cairn.analysis.Finding;
import dev.cairn.catalog.Catalog;
import dev.cairn.error.SourceLines;
import dev.cairn.error.SourceSpan;
import dev.cairn.sql.Flavour;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The allowances of one file; each is good for one finding. */
final class Allowances {
  private final List<String> checks;
  private final List<Allowance> unused;
  private final List<Remark> remarks = new ArrayList<>();

  /**
   * @param checks the names of all checks
   */
  Allowances(SourceLines lines, String text, Flavour flavour, List<String> checks) {
    this.checks = checks;
    this.unused = new ArrayList<>(Allowance.in(lines, text, flavour));
    unused.removeIf(this::isRefused);
  }

  /** One that says no reason, or no check that there is, allows nothing, and that is said. */
  private boolean isRefused(Allowance allowance) {
    if (!checks.contains(allowance.check())) {
      String near =
          Catalog.nearest(allowance.check(), checks)
              .map(name -> "; did you mean " + name + "?")
              .orElse("");
      remarks.add(
          new Remark(
              allowance.place(),
              "this allows nothing: there is no check '" + allowance.check() + "'" + near));
      return true;
    }
    if (allowance.reason().isEmpty()) {
      remarks.add(
          new Remark(
              allowance.place(),
              "this allows nothing: it gives no reason; write -- cairn: allow "
                  + allowance.check()
                  + " because …"));
      return true;
    }
    return false;
  }

  /**
   * Why a finding is allowed; empty where nothing allows it. The comment above its line comes
   * before the one above its statement.
   */
  Optional<String> take(Finding finding, int statementLine) {
    int line = finding.span().map(SourceSpan::line).orElse(statementLine);
    return take(finding.check(), line).or(() -> take(finding.check(), statementLine));
  }

  private Optional<String> take(String check, int line) {
    Optional<Allowance> found =
        unused.stream()
            .filter(each -> each.check().equals(check) && each.below() == line)
            .findFirst();
    found.ifPresent(unused::remove);
    return found.flatMap(Allowance::reason);
  }

  /** What is to be said about those that allowed nothing. */
  List<Remark> remarks() {
    List<Remark> all = new ArrayList<>(remarks);
    for (Allowance each : unused) {
      all.add(new Remark(each.place(), "there is no " + each.check() + " below that this allows"));
    }
    return all;
  }
}
