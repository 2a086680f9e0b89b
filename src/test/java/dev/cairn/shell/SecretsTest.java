package dev.cairn.shell;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "update users set password = 'hunter2';",
        "ALTER ROLE me PASSWORD 'x'",
        "insert into accounts (name, api_key) values ('a', 'b');",
        "open libsql://host?authToken=eyJ",
        "open https://host?jwt=abc",
        "eyJhbGciOiJFZERTQSJ9.eyJhIjoicm8ifQ.c2ln",
        "open postgresql://me:hunter2@host/db",
        "PRAGMA key = 'x'",
        "select $$secret$$"
      })
  void a_line_that_gives_a_secret_is_one(String line) {
    assertThat(Secrets.in(line)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select token from sessions;",
        "describe password_resets",
        "update readings set solar_w = 0 where id = 5;",
        "open libsql://host:8080?namespace=a@b",
        "plan migrate points"
      })
  void a_line_that_only_speaks_of_one_is_none(String line) {
    assertThat(Secrets.in(line)).isFalse();
  }
}
