package dev.cairn.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Cairn on a server's database, with a home of the test's own.
 *
 * @param folder where it runs, and the home
 * @param database what it opens
 * @param environment what else its environment says
 */
record ServerSnapshots(Path folder, String database, Map<String, String> environment) {

  /** Runs lines, which end with that code; gives what was printed, errors behind results. */
  String ends(int exit, String... arguments) throws Exception {
    try (CairnChild child = start(arguments)) {
      int ended = child.await();
      String said = child.out() + child.err();
      assertThat(ended).as(said).isEqualTo(exit);
      return said;
    }
  }

  CairnChild start(String... arguments) throws IOException {
    Map<String, String> all = new HashMap<>(environment);
    all.put("HOME", folder.toString());
    all.put("XDG_STATE_HOME", folder.resolve("state").toString());
    all.put("XDG_CONFIG_HOME", folder.resolve("config").toString());
    List<String> words = new ArrayList<>(List.of(database));
    words.addAll(List.of(arguments));
    return CairnChild.startWith(folder, all, words.toArray(String[]::new));
  }

  /** The files that are kept of its snapshots. */
  List<Path> kept() throws IOException {
    Path place = folder.resolve("state/cairn/snapshots");
    if (!Files.isDirectory(place)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(place)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }
}
