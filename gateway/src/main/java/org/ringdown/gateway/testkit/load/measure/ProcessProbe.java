package org.ringdown.gateway.testkit.load.measure;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.base.Splitter;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Looks at a process of this machine, by what Linux says of it. Safe from any thread. */
public final class ProcessProbe {
  private static final double TICKS_PER_SECOND = 100; // USER_HZ, the unit of /proc/PID/stat
  private static final Splitter WORDS = Splitter.on(' ').trimResults().omitEmptyStrings();
  private static final Pattern TOTAL = Pattern.compile("(?m)^Total\\s+\\d+\\s+(\\d+)");
  private static final long HISTOGRAM_SECONDS = 30;
  private static final String UDP = "07";
  private static final String TCP_LISTENS = "0A";

  private final long pid;
  private final Path home;

  private ProcessProbe(long pid, Path home) {
    this.pid = pid;
    this.home = home;
  }

  /** Of a process; empty if there is none, or if this is not Linux. */
  public static Optional<ProcessProbe> of(long pid) {
    Path home = Path.of("/proc", String.valueOf(pid));
    return Files.isReadable(home.resolve("stat"))
        ? Optional.of(new ProcessProbe(pid, home))
        : Optional.empty();
  }

  /** What it uses now; empty if it has ended or is not ours to look at. */
  public Optional<Reading> read() {
    try {
      String stat = Files.readString(home.resolve("stat"));
      List<String> fields = WORDS.splitToList(stat.substring(stat.lastIndexOf(')') + 2));
      double cpu =
          (Long.parseLong(fields.get(11)) + Long.parseLong(fields.get(12))) / TICKS_PER_SECOND;
      Set<String> sockets = new HashSet<>();
      int files = files(sockets);
      return Optional.of(
          new Reading(
              System.nanoTime(),
              cpu,
              memoryKiB(),
              Integer.parseInt(fields.get(17)),
              files,
              ports(sockets)));
    } catch (IOException | RuntimeException e) {
      return Optional.empty();
    }
  }

  private long memoryKiB() throws IOException {
    for (String line : Files.readAllLines(home.resolve("status"))) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(WORDS.splitToList(line.substring(6).trim()).get(0));
      }
    }
    return 0;
  }

  private int files(Set<String> sockets) throws IOException {
    int files = 0;
    try (DirectoryStream<Path> open = Files.newDirectoryStream(home.resolve("fd"))) {
      for (Path each : open) {
        files++;
        noteSocket(each, sockets);
      }
    }
    return files;
  }

  private static void noteSocket(Path descriptor, Set<String> sockets) {
    try {
      String target = Files.readSymbolicLink(descriptor).toString();
      if (target.startsWith("socket:[")) {
        sockets.add(target.substring(8, target.length() - 1));
      }
    } catch (IOException e) {
      // closed meanwhile
    }
  }

  private int ports(Set<String> sockets) throws IOException {
    return ports("udp", UDP, sockets)
        + ports("udp6", UDP, sockets)
        + ports("tcp", TCP_LISTENS, sockets)
        + ports("tcp6", TCP_LISTENS, sockets);
  }

  /** The sockets of a kind that are in a state: field 4; their inode is field 10. */
  private int ports(String kind, String state, Set<String> sockets) throws IOException {
    Path table = home.resolve("net").resolve(kind);
    if (!Files.isReadable(table)) {
      return 0;
    }
    int ports = 0;
    for (String line : Files.readAllLines(table)) {
      List<String> words = WORDS.splitToList(line);
      if (words.size() > 9 && words.get(3).equals(state) && sockets.contains(words.get(9))) {
        ports++;
      }
    }
    return ports;
  }

  /**
   * What lives on the heap of a Java program after a full collection, in KiB, which stops it for a
   * moment; of any other program what it has resident. How much of its heap a Java machine keeps
   * resident is its own choice. Empty if neither can be had.
   */
  public OptionalLong occupiedKiB() throws InterruptedException {
    return isJava() ? liveHeapKiB() : residentKiB();
  }

  private boolean isJava() {
    try {
      return Files.readString(home.resolve("comm")).trim().equals("java");
    } catch (IOException e) {
      return false;
    }
  }

  private OptionalLong residentKiB() {
    Optional<Reading> now = read();
    return now.isPresent() ? OptionalLong.of(now.get().memoryKiB()) : OptionalLong.empty();
  }

  private OptionalLong liveHeapKiB() throws InterruptedException {
    Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    try {
      Process process =
          new ProcessBuilder(jcmd.toString(), String.valueOf(pid), "GC.class_histogram")
              .redirectErrorStream(true)
              .start();
      String text = new String(process.getInputStream().readAllBytes(), UTF_8);
      if (!process.waitFor(HISTOGRAM_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
      Matcher total = TOTAL.matcher(text);
      return total.find()
          ? OptionalLong.of(Long.parseLong(total.group(1)) / 1024)
          : OptionalLong.empty();
    } catch (IOException e) {
      return OptionalLong.empty();
    }
  }
}
