package dev.cairn.shell;

import dev.cairn.catalog.Catalog;
import dev.cairn.catalog.Table;
import dev.cairn.command.Expected.Names;
import dev.cairn.command.ScriptRunner;
import dev.cairn.command.Session;
import dev.cairn.error.CairnException;
import dev.cairn.report.TerminalText;
import dev.cairn.sql.Keywords;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;

/** What TAB offers: commands and their words, keywords, tables and columns. */
final class Completion implements Completer {
  private final Session session;
  private final ScriptRunner runner;
  private final CatalogCache catalogs;

  Completion(Session session, ScriptRunner runner, CatalogCache catalogs) {
    this.session = session;
    this.runner = runner;
    this.catalogs = catalogs;
  }

  @Override
  public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
    for (String word : words(line.line(), line.cursor())) {
      boolean folder = word.endsWith("/");
      String shown = TerminalText.escape(word);
      if (shown.equals(word)) { // a name that can't be shown can't be typed either
        candidates.add(new Candidate(word, word, null, null, null, null, !folder));
      }
    }
  }

  /** The words that may stand at the cursor; JLine keeps those that fit what was typed. */
  Set<String> words(String line, int cursor) {
    Place place = Place.of(line, cursor, runner, session.flavour());
    return switch (place.kind()) {
      case LITERAL -> Set.of();
      case SQL -> new SqlNames(catalog(), session.flavour()).at(place);
      case BEGINNING -> beginnings(place.word());
      case COMMAND -> {
        Set<String> words = new LinkedHashSet<>(place.expected().words());
        words.addAll(named(place.expected().names(), place.word()));
        yield words;
      }
    };
  }

  private Set<String> beginnings(String typed) {
    Set<String> words = new LinkedHashSet<>(runner.commands().names());
    words.addAll(Keywords.beginnings(session.flavour()));
    if (typed.isEmpty() || !typed.equals(typed.toUpperCase(Locale.ROOT))) {
      return words;
    }
    Set<String> upper = new LinkedHashSet<>();
    words.forEach(word -> upper.add(word.toUpperCase(Locale.ROOT)));
    return upper;
  }

  private List<String> named(Names names, String typed) {
    return switch (names) {
      case TABLES -> catalog().tables().stream().map(Table::name).toList();
      case PLANS -> plans();
      case COMMANDS -> runner.commands().names();
      case FILES -> FilesBeginning.with(typed);
      case NONE, SQL -> List.of();
    };
  }

  private List<String> plans() {
    try {
      return session.planNames();
    } catch (CairnException unreadable) {
      return List.of();
    }
  }

  private Catalog catalog() {
    return session.hasDatabase() ? catalogs.of(session.database()) : CatalogCache.EMPTY;
  }
}
