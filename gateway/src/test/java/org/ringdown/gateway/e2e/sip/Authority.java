package org.ringdown.gateway.e2e.sip;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.ringdown.gateway.e2e.process.WorkDir;

/** An authority of the test's own, made with openssl, that certifies names. */
public final class Authority {
  private final Path dir;

  private Authority(Path dir) {
    this.dir = dir;
  }

  /** A new one that keeps its files in a directory. */
  public static Authority in(Path dir) {
    Authority authority = new Authority(dir);
    authority.request("authority", List.of("-subj", "/CN=Test authority"));
    return authority;
  }

  /** The file that those need who believe it. */
  public Path file() {
    return dir.resolve("authority.pem");
  }

  /**
   * Certifies names in the words of openssl, such as {@code DNS:pbx.example,IP:127.0.0.1}.
   *
   * @return a PEM file with the key and the certificate
   */
  public Path certify(String file, String names) {
    request(
        file,
        List.of(
            "-subj",
            "/CN=" + file,
            "-CA",
            file().toString(),
            "-CAkey",
            dir.resolve("authority.key").toString(),
            "-addext",
            "basicConstraints=critical,CA:FALSE",
            "-addext",
            "subjectAltName=" + names));
    Path both = dir.resolve(file + "-with-key.pem");
    String key = WorkDir.read(dir.resolve(file + ".key"));
    return WorkDir.write(both, key + WorkDir.read(dir.resolve(file + ".pem")));
  }

  private void request(String file, List<String> more) {
    List<String> command =
        new ArrayList<>(List.of("openssl", "req", "-x509", "-newkey", "rsa:2048"));
    command.addAll(
        List.of("-nodes", "-days", "2", "-keyout", file + ".key", "-out", file + ".pem"));
    command.addAll(more);
    try {
      Process openssl =
          new ProcessBuilder(command)
              .directory(dir.toFile())
              .redirectErrorStream(true)
              .redirectOutput(dir.resolve(file + ".log").toFile())
              .start();
      if (openssl.waitFor() != 0) {
        throw new IllegalStateException(
            "openssl failed: " + WorkDir.read(dir.resolve(file + ".log")));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
