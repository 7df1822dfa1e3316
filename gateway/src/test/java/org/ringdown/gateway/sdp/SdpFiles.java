package org.ringdown.gateway.sdp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.ringdown.gateway.sdp.line.SdpException;

/** Descriptions that phones and browsers have sent, as files. */
public final class SdpFiles {
  private static final List<String> BROWSERS = List.of("chromium", "firefox", "safari", "session");

  private SdpFiles() {}

  /** The names of all files. */
  public static Stream<String> all() {
    try (Stream<Path> files = Files.list(folder())) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".sdp"))
          .map(name -> name.substring(0, name.length() - ".sdp".length()))
          .sorted()
          .toList()
          .stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Offers and answers of browsers. */
  public static Stream<String> browsers() {
    return all().filter(SdpFiles::isBrowser);
  }

  /** Offers and answers of phones. */
  public static Stream<String> phones() {
    return all().filter(name -> !isBrowser(name));
  }

  public static boolean isBrowser(String name) {
    return BROWSERS.stream().anyMatch(name::startsWith);
  }

  public static String text(String name) {
    try {
      return Files.readString(folder().resolve(name + ".sdp"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static PlainSdp plain(String name) {
    try {
      return PlainSdp.read(text(name));
    } catch (SdpException e) {
      throw new AssertionError(name, e);
    }
  }

  public static WebRtcSdp webRtc(String name) {
    try {
      return WebRtcSdp.read(text(name));
    } catch (SdpException e) {
      throw new AssertionError(name, e);
    }
  }

  private static Path folder() {
    try {
      return Path.of(Objects.requireNonNull(SdpFiles.class.getResource("/sdp")).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
