package dev.cairn.proof;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Base64;

/** A key of which a libSQL server knows the public half, and the tokens signed with the other. */
final class SigningKey {
  private final KeyPair pair;

  SigningKey() throws GeneralSecurityException {
    this.pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
  }

  /** The public half as a file for {@code --auth-jwt-key-file}. */
  Path publicHalf(Path file) throws IOException {
    String body =
        Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(pair.getPublic().getEncoded());
    return Files.writeString(
        file, "-----BEGIN PUBLIC KEY-----\n" + body + "\n-----END PUBLIC KEY-----\n");
  }

  /**
   * A token.
   *
   * @param claims what it says, in JSON: {@code exp} in seconds, {@code "a":"ro"} for reading only
   */
  String token(String claims) throws GeneralSecurityException {
    String signed = base64("{\"alg\":\"EdDSA\",\"typ\":\"JWT\"}") + "." + base64(claims);
    Signature signature = Signature.getInstance("Ed25519");
    signature.initSign(pair.getPrivate());
    signature.update(signed.getBytes(StandardCharsets.UTF_8));
    return signed + "." + base64(signature.sign());
  }

  private static String base64(String text) {
    return base64(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
