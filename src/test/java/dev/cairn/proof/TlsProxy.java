package dev.cairn.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;

/** Speaks TLS in front of a server that doesn't, with a certificate of its own making. */
final class TlsProxy implements AutoCloseable {
  private static final String PASSWORD = "changeit";

  private final SSLServerSocket socket;
  private final Path trust;
  private final int behind;

  /**
   * @param names what the certificate is for, as keytool's SAN has it: {@code dns:localhost}
   * @param behind the port where the server is
   */
  TlsProxy(Path folder, String names, int behind) throws Exception {
    this.behind = behind;
    Path keys = folder.resolve("keys-" + behind + ".p12");
    Path certificate = folder.resolve("certificate-" + behind + ".pem");
    trust = folder.resolve("trust-" + behind + ".p12");
    for (Path old : List.of(keys, certificate, trust)) {
      Files.deleteIfExists(old);
    }
    keytool(keys, "-genkeypair", "-keyalg", "RSA", "-dname", "CN=test", "-ext", "SAN=" + names);
    keytool(keys, "-exportcert", "-rfc", "-file", certificate.toString());
    keytool(trust, "-importcert", "-noprompt", "-file", certificate.toString());
    socket =
        (SSLServerSocket)
            context(keys)
                .getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    thread(this::accept);
  }

  int port() {
    return socket.getLocalPort();
  }

  /** What a JVM must be told to trust it. */
  List<String> trusted() {
    return List.of(
        "-Djavax.net.ssl.trustStore=" + trust, "-Djavax.net.ssl.trustStorePassword=" + PASSWORD);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        Socket there = socket.accept();
        Socket here = new Socket(InetAddress.getLoopbackAddress(), behind);
        thread(() -> carry(there, here));
        thread(() -> carry(here, there));
      } catch (IOException over) {
        return;
      }
    }
  }

  private static void carry(Socket from, Socket to) {
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      in.transferTo(out);
    } catch (IOException distrusted) {
      // who doesn't trust it hangs up
    }
  }

  private static void thread(Runnable work) {
    Thread thread = new Thread(work, "tls-proxy");
    thread.setDaemon(true);
    thread.start();
  }

  private static SSLContext context(Path keys) throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(keys)) {
      store.load(in, PASSWORD.toCharArray());
    }
    KeyManagerFactory managers = KeyManagerFactory.getInstance("PKIX");
    managers.init(store, PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context;
  }

  private static void keytool(Path store, String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(arguments));
    command.addAll(List.of("-alias", "proxy", "-storetype", "PKCS12"));
    command.addAll(List.of("-keystore", store.toString(), "-storepass", PASSWORD));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
  }
}
