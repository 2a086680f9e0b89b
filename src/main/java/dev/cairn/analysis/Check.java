package dev.cairn.analysis;

import java.util.List;

/** Looks for one kind of fault. */
public interface Check {

  /** Its name as in the contract, such as {@code missing-where}. */
  String name();

  /** What it finds in one statement; never throws for what a person may have typed. */
  List<Finding> find(CheckContext context);
}
