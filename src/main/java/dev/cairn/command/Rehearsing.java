package dev.cairn.command;

import dev.cairn.analysis.Finding;
import dev.cairn.error.CairnException;
import dev.cairn.error.ExitCode;
import dev.cairn.journal.LaneState;
import dev.cairn.journal.Run;
import dev.cairn.plan.Approved;
import dev.cairn.plan.Measured;
import dev.cairn.plan.Token;
import dev.cairn.report.VerificationReport;
import dev.cairn.snapshot.Rehearsal;
import dev.cairn.snapshot.Rehearsals;
import dev.cairn.snapshot.RehearsedLane;
import dev.cairn.snapshot.Snapshot;
import dev.cairn.verify.Verification;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code apply on snapshot}: runs the current plan in full on a copy made for it, verifies it there
 * and keeps what it measured. The database itself is only read.
 */
final class Rehearsing {
  private final Session session;

  Rehearsing(Session session) {
    this.session = session;
  }

  /** The rehearsal that an apply of a plan, or its unfinished run, is to be held against. */
  static Optional<Rehearsal> of(Session session, Measured measured, Optional<Run> open) {
    long until = open.map(Run::startedMillis).orElse(Long.MAX_VALUE);
    return new Rehearsals(session.database())
        .latest(measured.plan())
        .filter(rehearsal -> rehearsal.takenMillis() <= until)
        .filter(
            rehearsal ->
                session.journal().runs().stream()
                    .filter(run -> run.plan().equals(measured.plan().name()))
                    .filter(run -> open.isEmpty() || run.id() != open.get().id())
                    // An apply since then was held against it, and there is nothing left to
                    // compare.
                    .noneMatch(run -> run.startedMillis() > rehearsal.takenMillis()));
  }

  /** Rehearses the current plan. Fails with exit 5 where it doesn't lead to what the plan says. */
  void rehearse(Measured current, ApplyOptions options) {
    session
        .journal()
        .open(current.plan().name())
        .ifPresent(
            run -> {
              throw CairnException.drift(
                      "run-open", "run " + run.id() + " of this plan is unfinished")
                  .hint("`resume " + run.id() + "` or `abandon " + run.id() + "` first");
            });
    Snapshot copy = SnapshotCommand.maker(session).makeForRehearsal();
    boolean elsewhere = !copy.isOnServer() && !session.database().identity().startsWith("sqlite:");
    session
        .output()
        .notice(
            "rehearsing on "
                + copy.name()
                + (elsewhere ? ", a local copy: rows are counted, not the server's times" : ""));
    Run done;
    Rehearsal rehearsal;
    try (Session there = session.on(copy)) {
      Token wanted = ApplyCommand.token(current);
      Measured measured = new PlanMaker(there).again(current, wanted);
      refuseOtherRows(wanted, measured, options.drift());
      BatchTimes times = new BatchTimes();
      RunWork work = new RunWork(there, options.quarantine());
      Run run = there.journal().start(new Approved(measured, "apply on snapshot"));
      done = work.go(new Approved(measured, "apply on snapshot"), run, times);
      rehearsal = rehearsal(copy, current, done, measured, there, times);
    } catch (CairnException stopped) {
      throw CairnException.of(
              stopped.exit(), stopped.code(), "on the snapshot: " + stopped.getMessage())
          .hint(
              "nothing was written to %s; `snapshot open %s` shows how far it came, `snapshot drop %s` deletes it"
                  .formatted(session.database().name(), copy.name(), copy.name()))
          .causedBy(stopped);
    }
    new Rehearsals(session.database()).keep(rehearsal);
    session.output().run(done);
    session
        .output()
        .notice(
            "rehearsed on %s: %s; nothing was written to %s. `apply` is held against it lane by lane"
                .formatted(copy.name(), rehearsal.verification(), session.database().name()));
    if (rehearsal.verification().equals("mismatch")) {
      throw CairnException.of(
              ExitCode.MISMATCH,
              "mismatch",
              "on the snapshot the plan did not lead to what it says")
          .hint("`snapshot open " + copy.name() + "`, then `verify` lists the rows");
    }
  }

  /** What was planned must be what is copied. */
  private static void refuseOtherRows(Token wanted, Measured measured, long drift) {
    Token now = ApplyCommand.token(measured);
    long off = Math.abs(now.count() - wanted.count());
    if (drift >= 0 ? off > drift : !now.sameRows(wanted)) {
      throw CairnException.drift(
          "plan-drift",
          "%,d source rows were planned and %,d are there, or others"
              .formatted(wanted.count(), now.count()));
    }
  }

  private static Rehearsal rehearsal(
      Snapshot copy,
      Measured current,
      Run done,
      Measured measured,
      Session there,
      BatchTimes times) {
    Verification verification = VerifyCommand.verification(there, done);
    List<RehearsedLane> lanes = new ArrayList<>();
    for (LaneState lane : done.lanes()) {
      lanes.add(
          new RehearsedLane(
              lane.label(),
              lane.expectedRows(),
              lane.tally(),
              lane.batches(),
              times.seconds(lane.number()),
              times.longest(lane.number())));
    }
    return new Rehearsal(
        copy.name(),
        copy.manifest().orElseThrow().source(),
        current.plan().name(),
        current.plan().text(),
        current.plan().where().orElse(null),
        ApplyCommand.token(current).text(),
        copy.manifest().orElseThrow().created().toEpochMilli(),
        done.seconds(),
        new VerificationReport(current.plan().name(), verification).result(),
        measured.findings().stream().map(Finding::message).toList(),
        lanes);
  }
}
