package dev.cairn.plan;

/** How a change may be cut into batches without meaning anything else. */
public enum Batching {
  /**
   * Each batch finds and writes the rows of its own key range: no row's part depends on another.
   */
  BY_RANGE("batches by key range"),
  /** Keys and new values are written down first, in one transaction, and applied in batches. */
  STAGED("new values are written down first, then applied in batches"),
  /** The statement runs as it stands, in one transaction. */
  WHOLE("one transaction");

  private final String words;

  Batching(String words) {
    this.words = words;
  }

  /** What it means, for a person. */
  public String words() {
    return words;
  }
}
