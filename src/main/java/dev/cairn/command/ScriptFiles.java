package dev.cairn.command;

import dev.cairn.error.CairnException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Reads scripts: UTF-8, whole, or a clear refusal. */
final class ScriptFiles {
  private ScriptFiles() {}

  /** A script's text; {@code -} is standard input. Fails with exit 1 where it can't be read. */
  static String text(String name) {
    try {
      if (name.equals("-")) {
        return decode("standard input", System.in.readAllBytes());
      }
      Path file = Path.of(name);
      if (Files.isDirectory(file)) {
        throw CairnException.failed("script", name + " is a folder, not a script");
      }
      if (Files.notExists(file)) {
        throw CairnException.failed("script", "there is no file " + name);
      }
      return decode(name, Files.readAllBytes(file));
    } catch (IOException | InvalidPathException error) {
      throw CairnException.failed("script", "can't read " + name).causedBy(error);
    }
  }

  private static String decode(String name, byte[] bytes) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      if (text.indexOf('\0') >= 0) {
        throw CairnException.failed("script", name + " has a NUL character: this is no script");
      }
      return text;
    } catch (CharacterCodingException binary) {
      throw CairnException.failed("script", name + " is no UTF-8 text");
    }
  }
}
