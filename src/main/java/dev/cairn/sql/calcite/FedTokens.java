package dev.cairn.sql.calcite;

import java.io.StringReader;
import java.util.List;

/** Hands the parser our tokens in place of those that it would read itself. */
final class FedTokens extends CairnSqlParserTokenManager {

  private final List<FedToken> tokens;
  private final int end;
  private int at;

  FedTokens(List<FedToken> tokens, int end) {
    super(new SimpleCharStream(new StringReader(""), 1, 1, 1));
    this.tokens = tokens;
    this.end = end;
  }

  @Override
  public Token getNextToken() {
    return at < tokens.size()
        ? tokens.get(at++)
        : new FedToken(CairnSqlParserConstants.EOF, "", end, end);
  }
}
