package dev.cairn.sql.calcite;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;

/** What has been read of the source so far, and the tokens made of it. */
final class Feed {

  /** More than SQLite would take in one expression; a longer row costs the parser its square. */
  private static final int MOST_OPERATORS = 1_000;

  final Source source;
  final int end;
  final List<FedToken> tokens = new ArrayList<>();
  private final BitSet dropped;
  private final Deque<Frame> frames = new ArrayDeque<>();

  /** The source's next token. */
  int at;

  /** Whether an operand has just ended, so that an operator, an alias or a clause may follow. */
  boolean operand;

  /** Whether a name comes next, whatever word it is. */
  boolean nameNext;

  /** What the next parenthesis opens, where a word in front of it says so. */
  Frame.Type opensNext = Frame.Type.PLAIN;

  /** Whether a closing parenthesis that isn't in the text must follow that of the next one. */
  boolean closesTwice;

  /** And whether one more must. */
  boolean closesThrice;

  Feed(Source source, int from, int end, BitSet dropped) {
    this.source = source;
    this.at = from;
    this.end = end;
    this.dropped = dropped;
    frames.push(new Frame(Frame.Type.PLAIN));
  }

  Frame frame() {
    return frames.peek();
  }

  Frame outer() {
    Frame inner = frames.pop();
    Frame outer = frames.peek();
    frames.push(inner);
    return outer;
  }

  void push(Frame frame) {
    frames.push(frame);
    operand = false;
    if (frames.size() > 200) {
      throw unreadable("nested too deeply");
    }
  }

  Frame pop() {
    if (frames.size() == 1) {
      throw unreadable("crooked brackets");
    }
    operand = true;
    return frames.pop();
  }

  Unreadable unreadable(String reason) {
    return new Unreadable(reason, at < source.size() ? source.start(at) : source.text().length());
  }

  /** Whether the next tokens are these words. */
  boolean next(String... words) {
    return at + words.length <= end && source.are(at, words);
  }

  boolean nextIsOneOf(String... words) {
    return at < end && source.isOneOf(at, words);
  }

  /** Passes the next token on as one of this kind. */
  void take(int kind, boolean endsOperand) {
    take(kind, "?", 1, endsOperand);
  }

  /** Passes the next {@code count} tokens on as a single one. */
  void take(int kind, String image, int count, boolean endsOperand) {
    int last = Math.min(at + Math.max(count, 1), source.size()) - 1;
    tokens.add(new FedToken(kind, image, source.start(at), source.end(last)));
    at += count;
    operand = endsOperand;
  }

  /** Adds a token that doesn't stand in the text. */
  void insert(int kind, String image, boolean endsOperand) {
    int where = Math.max(at - 1, 0);
    tokens.add(new FedToken(kind, image, source.start(where), source.end(where)));
    operand = endsOperand;
  }

  /** Leaves tokens out: they mean nothing to the tree, or are looked up in the source. */
  void drop(int count) {
    int past = Math.min(at + count, end);
    dropped.set(at, past);
    at = past;
  }

  int lastKind() {
    return tokens.isEmpty() ? -1 : tokens.get(tokens.size() - 1).kind;
  }

  void countOperator() {
    if (++frame().operators > MOST_OPERATORS) {
      throw unreadable("more than " + MOST_OPERATORS + " operators in a row");
    }
  }
}
