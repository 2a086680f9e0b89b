package dev.cairn.database;

import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertificateException;
import java.util.Optional;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;

/** Why there was no answer, in words: of what the JDK throws, half has no message. */
final class ConnectionFailure {
  private ConnectionFailure() {}

  /**
   * Whether anything was sent, and why it came to nothing.
   *
   * @param cause what the exchange failed with
   * @param host where it went, as a person wrote it
   */
  static HranaException of(Throwable cause, String host) {
    // Searched for, not looked at: whether the JDK wraps what TLS said depends on who reads first.
    if (find(cause, SSLHandshakeException.class).isPresent()) {
      return HranaException.notTrusted("can't trust " + host + ": " + distrust(cause), cause);
    }
    if (find(cause, SSLException.class).filter(ConnectionFailure::saysPlaintext).isPresent()) {
      return HranaException.notTrusted(host + " doesn't speak TLS", cause);
    }
    if (cause instanceof HttpConnectTimeoutException) {
      return HranaException.notSent("can't reach " + host + ": no answer to connecting", cause);
    }
    if (cause instanceof ConnectException || cause instanceof UnresolvedAddressException) {
      String why =
          find(cause, UnresolvedAddressException.class).isPresent()
              ? "no address is known for this name"
              : Optional.ofNullable(cause.getMessage()).orElse("nobody listens there");
      return HranaException.notSent("can't reach " + host + ": " + why, cause);
    }
    return HranaException.lost("the connection to " + host + " was lost", cause);
  }

  private static String distrust(Throwable cause) {
    String message =
        find(cause, CertificateException.class)
            .map(Throwable::getMessage)
            .or(() -> find(cause, SSLHandshakeException.class).map(Throwable::getMessage))
            .orElse(cause.getMessage());
    String said = String.valueOf(message);
    if (said.startsWith("No name matching") || said.startsWith("No subject alternative")) {
      return "its certificate is for another host (" + said + ")";
    }
    if (said.startsWith("PKIX path building failed")) {
      return "nobody known here vouches for its certificate";
    }
    return said;
  }

  /** Said of the very first bytes, before anything of ours could go. */
  private static boolean saysPlaintext(Throwable cause) {
    String message = String.valueOf(cause.getMessage());
    return message.startsWith("Unrecognized SSL message")
        || message.startsWith("Unsupported or un");
  }

  private static <T extends Throwable> Optional<T> find(Throwable failure, Class<T> kind) {
    for (Throwable each = failure; each != null; each = each.getCause()) {
      if (kind.isInstance(each)) {
        return Optional.of(kind.cast(each));
      }
    }
    return Optional.empty();
  }
}
