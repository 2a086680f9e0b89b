package dev.cairn.command;

import dev.cairn.catalog.Catalog;
import dev.cairn.error.CairnException;
import dev.cairn.error.SourceLines;
import dev.cairn.plan.PlanFile;
import dev.cairn.plan.PlanFileReader;
import dev.cairn.plan.SqlText;
import dev.cairn.plan.StepSpec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The plan files of a folder. A plan's name can't lead out of it. */
public final class PlanFiles {
  private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,63}");

  /** No script is nothing but a file's name. */
  private static final Pattern SCRIPT = Pattern.compile("[\\w./-]+\\.sql");

  private static final long LARGEST = 1_000_000;

  private final Path folder;

  private PlanFiles(Path folder) {
    this.folder = folder;
  }

  /** The folder that was named, else {@code plans} here, else {@code plans} beside the launcher. */
  static PlanFiles in(Optional<Path> named) {
    Path here = Path.of("plans");
    if (named.isPresent() || Files.isDirectory(here)) {
      return new PlanFiles(named.orElse(here));
    }
    String home = System.getProperty("cairn.home");
    return new PlanFiles(home == null ? here : Path.of(home).resolve("plans"));
  }

  /** Reads the plan of that name. Fails with exit 1 and the nearest name where there is none. */
  PlanFile read(String name) {
    Path file = find(name);
    PlanFile plan = whole(PlanFileReader.read(shown(file), text(file)), file);
    if (!plan.name().equals(name)) {
      throw CairnException.failed(
          "plan-file", shown(file) + ": the plan inside is named '" + plan.name() + "'");
    }
    return plan;
  }

  /** The plan with the text of each file that a step names in place of its name. */
  private PlanFile whole(PlanFile plan, Path file) {
    List<SqlText> named = new ArrayList<>();
    for (StepSpec step : plan.steps()) {
      step.other().ifPresent(named::add);
      step.file().flatMap(PlanFile::script).stream()
          .flatMap(script -> Stream.concat(Stream.of(script.script()), script.rollback().stream()))
          .filter(text -> SCRIPT.matcher(text.sql()).matches())
          .forEach(named::add);
    }
    SourceLines lines = new SourceLines("", plan.text());
    named.sort(Comparator.comparingInt(each -> -offset(lines, each)));
    String text = plan.text();
    for (SqlText each : named) {
      text = inside(text, offset(lines, each), each);
    }
    return named.isEmpty() ? plan : PlanFileReader.read(shown(file), text);
  }

  private static int offset(SourceLines lines, SqlText named) {
    return lines.start(named.span().line()) + named.span().column() - 1;
  }

  private String inside(String text, int at, SqlText named) {
    boolean quoted = text.charAt(at) == '"' || text.charAt(at) == '\'';
    int end = at + named.sql().length() + (quoted ? 2 : 0);
    return text.substring(0, at) + quoted(named(named)) + text.substring(end);
  }

  /** The text of the file that a step names: a plan by its name, a script by its path. */
  private String named(SqlText name) {
    try {
      if (SCRIPT.matcher(name.sql()).matches()) {
        return text(inside(folder.resolve(name.sql())));
      }
      Path file = find(name.sql());
      String text = text(file);
      if (PlanFileReader.read(shown(file), text).hasSteps()) {
        throw CairnException.failed("plan-file", "a step can't be a plan of several steps");
      }
      return text;
    } catch (CairnException unfit) {
      throw unfit.span().isPresent() ? unfit : unfit.at(name.span());
    }
  }

  /** As a double-quoted scalar of YAML. */
  private static String quoted(String text) {
    StringBuilder out = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"', '\\' -> out.append('\\').append(c);
        case '\n' -> out.append("\\n");
        default -> {
          if (c < ' ' || c == 0x7f) {
            out.append("\\u%04x".formatted((int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    return out.append('"').toString();
  }

  /** The names of all plans, in order. */
  List<String> names() {
    List<String> names = new ArrayList<>();
    if (!Files.isDirectory(folder)) {
      return names;
    }
    try (var files = Files.list(folder)) {
      files
          .map(file -> file.getFileName().toString())
          .filter(file -> file.endsWith(".yaml") || file.endsWith(".yml"))
          .map(file -> file.substring(0, file.lastIndexOf('.')))
          .filter(name -> NAME.matcher(name).matches())
          .sorted()
          .forEach(names::add);
    } catch (IOException unreadable) {
      throw CairnException.failed("plans-folder", "can't read " + folder).causedBy(unreadable);
    }
    return names;
  }

  /** Where a plan of that name stands. */
  Path find(String name) {
    if (!NAME.matcher(name).matches()) {
      throw CairnException.usage("'" + name + "' is no plan's name")
          .hint("letters, digits, _ and -, beginning with a letter; --plans names the folder");
    }
    for (String ending : List.of(".yaml", ".yml")) {
      Path file = folder.resolve(name + ending);
      if (Files.exists(file)) {
        return inside(file);
      }
    }
    CairnException missing =
        CairnException.failed("no-such-plan", "there is no plan '" + name + "' in " + folder);
    throw Catalog.nearest(name, names())
        .map(near -> missing.hint("did you mean " + near + "?"))
        .orElse(missing.hint("`plans` lists them; --plans names another folder"));
  }

  private Path inside(Path file) {
    try {
      if (!file.toRealPath().startsWith(folder.toRealPath())) {
        throw CairnException.failed("plan-file", shown(file) + " leads out of the plans' folder");
      }
      if (!Files.isRegularFile(file) || Files.size(file) > LARGEST) {
        throw CairnException.failed("plan-file", shown(file) + " is no file of at most 1 MB");
      }
      return file;
    } catch (IOException unreadable) {
      throw CairnException.failed("plan-file", "can't read " + shown(file)).causedBy(unreadable);
    }
  }

  private String text(Path file) {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
          .toString();
    } catch (CharacterCodingException binary) {
      throw CairnException.failed("plan-file", shown(file) + ": this is no UTF-8 text");
    } catch (IOException unreadable) {
      throw CairnException.failed("plan-file", "can't read " + shown(file)).causedBy(unreadable);
    }
  }

  private static String shown(Path file) {
    return file.toString();
  }
}
