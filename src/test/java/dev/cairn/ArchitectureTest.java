package dev.cairn;

import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The walls between the rooms. The table in the README's map of the packages says what each is for.
 */
class ArchitectureTest {

  private static final JavaClasses MAIN =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.cairn");

  private static final JavaClasses MAIN_AND_TEST =
      new ClassFileImporter().importPackages("dev.cairn");

  /** In the order of the storeys: a room imports only rooms that stand before it. */
  enum Room {
    ERROR,
    SQL(Library.CALCITE),
    CATALOG,
    DIALECT(Library.CALCITE),
    ANALYSIS(Library.CALCITE),
    PLAN(Library.CALCITE, Library.JACKSON, Library.JSON_SCHEMA),
    DATABASE(Library.JDBC, Library.HTTP, Library.JACKSON, Library.FAILSAFE),
    PREVIEW,
    JOURNAL,
    BATCH,
    VERIFY,
    SNAPSHOT(Library.JACKSON),
    CONFIG(Library.JACKSON),
    REPORT(Library.JACKSON, Library.FASTCSV, Library.DIFF),
    EXAMPLE,
    COMMAND(Library.PICOCLI),
    SHELL(Library.JLINE, Library.PICOCLI);

    private final List<Library> libraries;

    Room(Library... libraries) {
      this.libraries = List.of(libraries);
    }

    String packages() {
      return "dev.cairn." + name().toLowerCase(Locale.ROOT) + "..";
    }

    static String[] packagesOf(Predicate<Room> which) {
      return Arrays.stream(values()).filter(which).map(Room::packages).toArray(String[]::new);
    }

    @Override
    public String toString() {
      return packages();
    }
  }

  /** Code that only the rooms which name it may see. */
  enum Library {
    /** Calcite's signatures are full of Guava's lists. */
    CALCITE("org.apache.calcite.", "com.google.common."),
    JDBC("java.sql.", "javax.sql.", "org.sqlite.", "org.postgresql.", "com.dbeaver."),
    HTTP("java.net.http."),
    JACKSON("com.fasterxml.jackson."),
    JSON_SCHEMA("com.networknt."),
    FAILSAFE("dev.failsafe."),
    FASTCSV("de.siegmar.fastcsv."),
    DIFF("com.github.difflib."),
    PICOCLI("picocli."),
    JLINE("org.jline."),
    ANYWHERE("dev.cairn.", "java.", "javax.", "org.slf4j.", "com.google.errorprone.annotations.");

    private final List<String> prefixes;

    Library(String... prefixes) {
      this.prefixes = List.of(prefixes);
    }

    boolean has(JavaClass type) {
      return prefixes.stream().anyMatch(type.getBaseComponentType().getName()::startsWith);
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_room_imports_only_rooms_above_it(Room room) {
    String[] below = Room.packagesOf(other -> other.compareTo(room) > 0);
    holds(
        noClasses()
            .that(resideInAPackage(room.packages()))
            .should()
            .dependOnClassesThat(resideInAnyPackage(below)));
  }

  @ParameterizedTest
  @EnumSource
  void a_room_sees_only_its_own_libraries(Room room) {
    holds(
        classes()
            .that(resideInAPackage(room.packages()))
            .should()
            .onlyDependOnClassesThat(belongTo(room.libraries)));
  }

  @Test
  void main_sees_picocli_only() {
    holds(
        classes()
            .that(resideInAPackage("dev.cairn"))
            .should()
            .onlyDependOnClassesThat(belongTo(List.of(Library.PICOCLI))));
  }

  @Test
  void nobody_calls_main() {
    holds(
        noClasses()
            .that(resideInAPackage("dev.cairn.(*).."))
            .should()
            .dependOnClassesThat(resideInAPackage("dev.cairn")));
  }

  @Test
  void every_class_has_a_room() {
    holds(
        classes()
            .that(resideInAPackage("dev.cairn.(*).."))
            .should()
            .resideInAnyPackage(Room.packagesOf(room -> true)));
  }

  @ParameterizedTest
  @EnumSource(names = {"PREVIEW", "VERIFY", "SNAPSHOT"})
  void peers_know_neither_each_other_nor_batch(Room peer) {
    Set<Room> strangers = Set.of(Room.PREVIEW, Room.VERIFY, Room.SNAPSHOT, Room.BATCH);
    holds(
        noClasses()
            .that(resideInAPackage(peer.packages()))
            .should()
            .dependOnClassesThat(
                resideInAnyPackage(Room.packagesOf(r -> r != peer && strangers.contains(r)))));
  }

  @Test
  void the_first_storey_touches_no_file_and_no_network() {
    holds(
        noClasses()
            .that(think())
            .should()
            .dependOnClassesThat(
                named(
                    "files or the network",
                    "java.io.File",
                    "java.io.RandomAccessFile",
                    "java.net.",
                    "java.nio.channels.",
                    "java.nio.file.Files")));
  }

  @Test
  void the_first_storey_reads_no_clock() {
    holds(
        noClasses()
            .that(think())
            .should()
            .accessTargetWhere(
                target(DescribedPredicate.describe("a clock", ArchitectureTest::isClock))));
  }

  @ParameterizedTest
  @CsvSource({"PREVIEW, Measured", "COMMAND, Approved"})
  void only_one_room_lets_a_plan_go_on(Room maker, String record) {
    String made = "dev.cairn.plan." + record;
    holds(
        noClasses()
            .that(resideOutsideOfPackage(maker.packages()))
            .should()
            .accessTargetWhere(
                target(
                    DescribedPredicate.describe(
                        "a constructor of " + made,
                        (AccessTarget target) ->
                            target.getName().equals("<init>")
                                && target.getOwner().getName().equals(made)))));
  }

  @Test
  void no_package_is_a_drawer_for_odds_and_ends() {
    Stream.of("util", "common", "core", "impl", "model")
        .map(name -> noClasses().should().resideInAPackage("dev.cairn..%s..".formatted(name)))
        .forEach(rule -> rule.allowEmptyShould(true).check(MAIN_AND_TEST));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Util", "Utils", "Helper", "Helpers", "Manager", "Impl"})
  void no_class_is_named_for_nothing_in_particular(String ending) {
    // JavaCC names the lexer that it generates; ours takes its place.
    noClasses()
        .that(DescribedPredicate.not(simpleName("CairnSqlParserTokenManager")))
        .should()
        .haveSimpleNameEndingWith(ending)
        .allowEmptyShould(true)
        .check(MAIN_AND_TEST);
  }

  private static DescribedPredicate<JavaClass> think() {
    return resideInAnyPackage(Room.packagesOf(room -> room.compareTo(Room.DATABASE) < 0));
  }

  private static DescribedPredicate<JavaClass> named(String description, String... prefixes) {
    return DescribedPredicate.describe(
        description, type -> Arrays.stream(prefixes).anyMatch(type.getName()::startsWith));
  }

  private static DescribedPredicate<JavaClass> belongTo(List<Library> libraries) {
    List<Library> foreign =
        Arrays.stream(Library.values())
            .filter(library -> library != Library.ANYWHERE && !libraries.contains(library))
            .toList();
    return DescribedPredicate.describe(
        "belong to " + libraries + " or to nobody in particular",
        type ->
            type.getBaseComponentType().isPrimitive()
                || libraries.stream().anyMatch(library -> library.has(type))
                || (Library.ANYWHERE.has(type)
                    && foreign.stream().noneMatch(library -> library.has(type))));
  }

  private static boolean isClock(AccessTarget target) {
    String owner = target.getOwner().getName();
    return switch (target.getName()) {
      case "currentTimeMillis", "nanoTime" -> owner.equals("java.lang.System");
      case "now" -> owner.startsWith("java.time.");
      case "getInstance" -> owner.equals("java.util.Calendar");
      case "<init>" ->
          owner.equals("java.util.Date")
              && target instanceof AccessTarget.CodeUnitCallTarget call
              && call.getRawParameterTypes().isEmpty();
      default -> owner.equals("java.time.Clock");
    };
  }

  private static void holds(ArchRule rule) {
    // Rooms are furnished one after another: an empty one breaks no rule.
    rule.allowEmptyShould(true).check(MAIN);
  }
}
