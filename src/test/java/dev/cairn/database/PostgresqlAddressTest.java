package dev.cairn.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.error.CairnException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresqlAddressTest {
  private static final Map<String, String> ENVIRONMENT =
      Map.of("PGUSER", "me", "PGDATABASE", "mine", "PGHOST", "db.example", "PGPORT", "6000");

  @ParameterizedTest
  @CsvSource({
    "postgresql://ann@h/d, postgresql://ann@h:6000/d",
    "postgres://h:5432/d, postgresql://me@h/d",
    "jdbc:postgresql://H:7000/a%20b?user=bob, postgresql://bob@h:7000/a%20b",
    "postgresql:///, postgresql://me@db.example:6000/mine",
    "postgresql://[::1]:7000/d?sslmode=disable, postgresql://me@[::1]:7000/d?sslmode=disable",
    "postgresql://h:5432/d?search_path=app, postgresql://me@h/d?currentSchema=app",
  })
  void what_a_url_leaves_out_comes_from_the_environment(String url, String whole) {
    assertThat(PostgresqlAddress.of(url, ENVIRONMENT).url()).isEqualTo(whole);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "postgresql://me:hunter2@h/d",
        "postgresql://h/d?password=hunter2",
        "jdbc:postgresql://h/d?user=me&sslpassword=hunter2",
        "postgresql://h/d?socketTimeout=0",
        "postgresql://h1,h2/hunter2",
        "postgresql:hunter2",
      })
  void a_secret_and_what_changes_the_limits_is_refused_and_not_repeated(String url) {
    assertThatThrownBy(() -> Databases.open(url, null))
        .isInstanceOfSatisfying(
            CairnException.class, refused -> assertThat(refused.exit().code()).isEqualTo(2))
        .hasMessageNotContaining("hunter2");
  }

  @Test
  void a_password_file_counts_only_where_nobody_else_can_read_it(@TempDir Path home)
      throws IOException {
    Path file = home.resolve(".pgpass");
    Files.writeString(file, "# all\nother:*:*:*:no\nh:5432:*:me:a\\:b\\\\c\n*:*:*:*:last\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    Map<String, String> environment = Map.of("HOME", home.toString());
    PostgresqlAddress address = PostgresqlAddress.of("postgresql://me@h:5432/d", environment);
    PostgresqlSecrets secrets = new PostgresqlSecrets(environment);
    assertThat(secrets.of(address)).contains("a:b\\c");
    assertThat(secrets.of(PostgresqlAddress.of("postgresql://you@h/d", environment)))
        .contains("last");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    assertThatThrownBy(() -> secrets.of(address)).hasMessageContaining("others may read");
    assertThat(new PostgresqlSecrets(Map.of("PGPASSWORD", "x")).of(address)).contains("x");
  }
}
