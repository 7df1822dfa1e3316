package org.ringdown.gateway.registration;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableList;
import com.google.common.net.InetAddresses;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.ringdown.gateway.routing.address.AddressOfRecord;
import org.ringdown.gateway.routing.registrar.Binding;
import org.ringdown.sip.transport.SipTransport;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The file that bindings are kept in: JSON, readable by its owner only. It is written beside its
 * place and then moved there, so that it is whole whenever the power fails. Not thread-safe.
 */
final class RegistrationFile {
  private static final int VERSION = 1;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Path path;
  private final Path unfinished;

  RegistrationFile(Path path) {
    this.path = path.toAbsolutePath();
    this.unfinished = this.path.resolveSibling(this.path.getFileName() + ".new");
  }

  Path path() {
    return path;
  }

  /**
   * What was found in the file.
   *
   * @param bindings what could be read
   * @param unreadable how many could not
   */
  record Found(ImmutableList<Binding> bindings, int unreadable) {
    static final Found NOTHING = new Found(ImmutableList.of(), 0);
  }

  /**
   * Reads the file; without one there is nothing.
   *
   * @throws IOException if it cannot be read, or is nothing that {@link #write} wrote
   */
  Found read() throws IOException {
    try {
      return found(JSON.readTree(Files.readAllBytes(path)));
    } catch (NoSuchFileException e) {
      return Found.NOTHING;
    } catch (JacksonException e) {
      throw new IOException("it is not what a gateway has written", e);
    }
  }

  private static Found found(JsonNode root) throws IOException {
    if (root.path("version").asInt(0) != VERSION || !root.path("bindings").isArray()) {
      throw new IOException("it is not what this version of the gateway has written");
    }
    ImmutableList.Builder<Binding> bindings = ImmutableList.builder();
    int unreadable = 0;
    for (JsonNode entry : root.path("bindings")) {
      try {
        bindings.add(binding(entry));
      } catch (JacksonException | IllegalArgumentException | DateTimeException e) {
        unreadable++;
      }
    }
    return new Found(bindings.build(), unreadable);
  }

  private static Binding binding(JsonNode entry) {
    InetSocketAddress source =
        new InetSocketAddress(
            InetAddresses.forString(text(entry, "address")), entry.required("port").intValue());
    SipTransport transport = SipTransport.valueOf(Ascii.toUpperCase(text(entry, "transport")));
    return new Binding(
        new AddressOfRecord(text(entry, "user")),
        text(entry, "contact"),
        new Binding.Flow(source, transport.name()),
        entry.required("q").floatValue(),
        Instant.parse(text(entry, "expires")),
        text(entry, "callId"),
        entry.required("cseq").longValue(),
        text(entry, "userAgent"),
        text(entry, "instance"));
  }

  private static String text(JsonNode entry, String key) {
    return entry.required(key).stringValue();
  }

  /**
   * Puts these bindings in the place of what is there.
   *
   * @throws IOException if that cannot be; what is there stays then
   */
  void write(List<Binding> bindings) throws IOException {
    ObjectNode root = JSON.createObjectNode().put("version", VERSION);
    ArrayNode entries = root.putArray("bindings");
    bindings.forEach(binding -> entries.add(entry(binding)));
    Files.createDirectories(path.getParent());
    Files.deleteIfExists(unfinished);
    Files.createFile(unfinished, ownersOnly());
    try (FileChannel channel = FileChannel.open(unfinished, StandardOpenOption.WRITE);
        OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel))) {
      out.write(JSON.writeValueAsBytes(root));
      out.flush();
      channel.force(true);
    }
    Files.move(unfinished, path, StandardCopyOption.ATOMIC_MOVE);
  }

  private static ObjectNode entry(Binding binding) {
    InetSocketAddress source = binding.flow().source();
    return JSON.createObjectNode()
        .put("user", binding.addressOfRecord().user())
        .put("contact", binding.contact())
        .put("address", source.getAddress().getHostAddress())
        .put("port", source.getPort())
        .put("transport", Ascii.toLowerCase(binding.flow().transport()))
        .put("q", binding.q())
        .put("expires", binding.expiry().toString())
        .put("callId", binding.callId())
        .put("cseq", binding.cseq())
        .put("userAgent", binding.userAgent())
        .put("instance", binding.instance());
  }

  private FileAttribute<?>[] ownersOnly() {
    Set<String> views = path.getFileSystem().supportedFileAttributeViews();
    return views.contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }
}
