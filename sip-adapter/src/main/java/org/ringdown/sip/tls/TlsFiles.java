package org.ringdown.sip.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files that keys and authorities come from, read again when they change. New handshakes go by
 * what was read last; connections that stand are left alone. Safe from any thread.
 */
public final class TlsFiles {
  private static final Logger LOG = LoggerFactory.getLogger(TlsFiles.class);

  private final List<Watched> watched = new ArrayList<>();
  private final Map<KeyFile, TlsIdentity> identities = new HashMap<>();
  private final Map<Path, TlsTrust> trusts = new HashMap<>();

  /** None yet. */
  public TlsFiles() {}

  /**
   * Our key and certificate in a file; the same ones for the same file.
   *
   * @throws IOException if they cannot be used; the text names the file and never the password
   */
  public synchronized TlsIdentity identity(KeyFile file) throws IOException {
    TlsIdentity known = identities.get(file);
    if (known == null) {
      known = read(file);
      identities.put(file, known);
    }
    return known;
  }

  private TlsIdentity read(KeyFile file) throws IOException {
    Path key = file.key() == null ? file.file() : file.key();
    String stamp = stamp(file.file(), key);
    TlsIdentity identity = new TlsIdentity(file);
    warnOfExpiry(identity, file.file());
    watched.add(
        new Watched(
            file.file(),
            key,
            () -> {
              identity.refresh();
              warnOfExpiry(identity, file.file());
            },
            stamp));
    return identity;
  }

  /**
   * The authorities, or pinned certificates, in a file of PEM text or PKCS#12; the same ones for
   * the same file.
   *
   * @throws IOException if it cannot be used
   */
  public synchronized TlsTrust trust(Path file) throws IOException {
    TlsTrust known = trusts.get(file);
    if (known == null) {
      known = read(file);
      trusts.put(file, known);
    }
    return known;
  }

  private TlsTrust read(Path file) throws IOException {
    String stamp = stamp(file, file);
    TlsTrust trust = TlsTrust.in(file);
    watched.add(new Watched(file, file, trust::refresh, stamp));
    return trust;
  }

  /** Looks at all files and reads what has changed; a broken file leaves what there was. */
  public synchronized void refresh() {
    watched.forEach(Watched::refresh);
  }

  private static void warnOfExpiry(TlsIdentity identity, Path file) {
    Instant end = identity.certificate().getNotAfter().toInstant();
    if (end.isBefore(Instant.now())) {
      LOG.warn("the certificate of {} has expired on {}", file, end);
    }
  }

  /** What tells one version of files from another; a symbolic link may be led elsewhere, too. */
  private static String stamp(Path file, Path other) {
    return Stream.of(file, other)
        .map(
            path -> {
              try {
                BasicFileAttributes at = Files.readAttributes(path, BasicFileAttributes.class);
                return Objects.toString(at.fileKey()) + at.lastModifiedTime() + at.size();
              } catch (IOException e) {
                return "not there";
              }
            })
        .collect(Collectors.joining("/"));
  }

  /** How to read something again. */
  private interface Reader {
    void read() throws IOException;
  }

  /** A file, or a pair, as it was when it was looked at last. */
  private static final class Watched {
    private final Path file;
    private final Path other;
    private final Reader reader;
    private String stamp;

    Watched(Path file, Path other, Reader reader, String stamp) {
      this.file = file;
      this.other = other;
      this.reader = reader;
      this.stamp = stamp;
    }

    void refresh() {
      String now = stamp(file, other);
      if (now.equals(stamp)) {
        return;
      }
      stamp = now;
      try {
        reader.read();
        LOG.info("{} has changed and was read again", file);
      } catch (IOException e) {
        LOG.warn(
            "{} has changed for the worse, what it held before still holds: {}",
            file,
            e.getMessage());
      }
    }
  }
}
