package dev.cairn.database;

import dev.cairn.error.CairnException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Opens what a person names: a path, {@code sqlite:PATH}, {@code jdbc:sqlite:PATH}, a libSQL
 * server's database by {@link LibsqlAddress}, or a PostgreSQL server's by {@link
 * PostgresqlAddress}.
 */
public final class Databases {
  private static final Pattern SCHEME =
      Pattern.compile("([A-Za-z][A-Za-z0-9+.-]+):(.*)", Pattern.DOTALL);
  private static final Pattern PASSWORD = Pattern.compile("//[^/@:]*:[^/@]+@");

  private static final int BUSY_TIMEOUT_MILLIS = 5_000;

  private Databases() {}

  /**
   * Opens a database. Fails with exit 2 where the name's form is unknown, 1 where it can't be
   * opened.
   */
  public static Database open(String named, SqliteDatabase.Options options) {
    if (PASSWORD.matcher(named).find()) {
      throw CairnException.usage("a password may not stand in a database's URL")
          .hint("pass it in the environment (CAIRN_AUTH_TOKEN, TURSO_AUTH_TOKEN, PGPASSWORD)");
    }
    if (LibsqlAddress.fits(named)) {
      return LibsqlDatabase.open(named, LibsqlTokens.here(), options);
    }
    if (PostgresqlAddress.fits(named)) {
      return PostgresqlDatabase.open(named, System.getenv(), options);
    }
    String path =
        named.toLowerCase(Locale.ROOT).startsWith("jdbc:sqlite:") ? named.substring(5) : named;
    var scheme = SCHEME.matcher(path);
    if (scheme.matches()) {
      if (!scheme.group(1).equalsIgnoreCase("sqlite")) {
        throw unknown(scheme.group(1), named);
      }
      path = scheme.group(2);
    }
    if (path.isBlank()) {
      throw CairnException.usage("the database's name is empty");
    }
    try {
      return SqliteDatabase.open(Path.of(path), options);
    } catch (InvalidPathException invalid) {
      throw CairnException.usage("not a path: " + named).causedBy(invalid);
    }
  }

  /** Whether a name is the address of a server. */
  public static boolean isOnServer(String named) {
    return LibsqlAddress.fits(named);
  }

  /** Opens a database so that nothing can be written to it. */
  public static Database reading(String named) {
    return open(named, new SqliteDatabase.Options(false, true, false, BUSY_TIMEOUT_MILLIS));
  }

  private static CairnException unknown(String scheme, String named) {
    return CairnException.usage("unknown kind of database '" + scheme + ":' in " + named)
        .hint("a path, sqlite:PATH, libsql://HOST, http(s)://HOST:PORT or postgresql://HOST/NAME");
  }
}
