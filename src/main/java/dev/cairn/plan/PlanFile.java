package dev.cairn.plan;

import java.util.Optional;

/**
 * A plan file as it was written: checked for form, not yet against any database. It is one of four:
 * rows of one table written into another, a change of rows that are there, a table made anew, or
 * rows put back.
 *
 * @param text the file's text, which a run stores
 * @param name what is typed after {@code plan migrate}
 * @param description one sentence for people, may be empty
 * @param migration what is written where, of a plan that migrates rows
 * @param change the statement, of a plan that changes rows
 * @param rebuild what a table shall be, of a plan that makes one anew
 * @param restore what is put back, of a plan that puts rows back as a snapshot has them
 */
public record PlanFile(
    String text,
    String name,
    String description,
    Optional<MigrationSpec> migration,
    Optional<SqlText> change,
    Optional<RebuildSpec> rebuild,
    Optional<RestoreSpec> restore) {}
