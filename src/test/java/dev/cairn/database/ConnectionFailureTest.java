package dev.cairn.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpConnectTimeoutException;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;

/** What TLS said is wrapped by the JDK or not, depending on which of its threads reads first. */
class ConnectionFailureTest {

  @Test
  void a_server_without_tls_is_named_wherever_the_chain_says_it() {
    SSLException said = new SSLException("Unrecognized SSL message, plaintext connection?");
    for (Throwable cause :
        new Throwable[] {said, new IOException("header parser received no bytes", said)}) {
      HranaException failure = ConnectionFailure.of(cause, "host:1");
      assertThat(failure).hasMessageContaining("host:1 doesn't speak TLS");
      assertThat(failure.kind()).isEqualTo(HranaException.Kind.NOT_SENT);
    }
  }

  @Test
  void a_certificate_that_nobody_vouches_for_is_named_wherever_the_chain_says_it() {
    SSLHandshakeException said = new SSLHandshakeException("PKIX path building failed: none");
    for (Throwable cause : new Throwable[] {said, new IOException("closed", said)}) {
      assertThat(ConnectionFailure.of(cause, "host:1"))
          .hasMessageContaining("nobody known here vouches for its certificate");
    }
    said.initCause(new CertificateException("No name matching host found"));
    assertThat(ConnectionFailure.of(new IOException("closed", said), "host:1"))
        .hasMessageContaining("its certificate is for another host");
  }

  @Test
  void what_was_sent_and_got_no_answer_stays_unknown() {
    assertThat(ConnectionFailure.of(new IOException("EOF"), "host:1").kind())
        .isEqualTo(HranaException.Kind.LOST);
    assertThat(ConnectionFailure.of(new IOException(new SSLException("closed")), "host:1").kind())
        .isEqualTo(HranaException.Kind.LOST);
    assertThat(ConnectionFailure.of(new HttpConnectTimeoutException("no"), "host:1").kind())
        .isEqualTo(HranaException.Kind.NOT_SENT);
  }
}
