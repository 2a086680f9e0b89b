package dev.cairn.plan.scope;

/** Which rows one part of a statement touches, as far as that can be asked. */
public sealed interface StatementScope permits ChangedRows, InsertedRows, ReadRows, UnknownRows {

  /** The table that is written to, as the catalog names it; empty text where it isn't known. */
  String target();
}
