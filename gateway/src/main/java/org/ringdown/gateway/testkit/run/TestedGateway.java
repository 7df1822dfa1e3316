package org.ringdown.gateway.testkit.run;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Maps;
import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import com.google.common.net.InetAddresses;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.ringdown.gateway.Gateway;
import org.ringdown.gateway.config.GatewayConfig;
import org.ringdown.gateway.config.reader.ConfigLoader;
import org.ringdown.gateway.config.yaml.ConfigException;
import org.ringdown.gateway.testkit.script.GatewayPlan;
import org.ringdown.gateway.testkit.stage.GatewayAddress;
import org.ringdown.gateway.testkit.stage.StepFailure;
import org.ringdown.gateway.testkit.stage.Trace;
import org.ringdown.sip.SipConfig;
import org.ringdown.sip.transport.SipTransport;
import org.ringdown.webrtc.web.ServerKeys;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** A gateway in this process on free ports of loopback. Safe from any thread. */
public final class TestedGateway implements AutoCloseable {
  private static final String USUAL =
      """
      sip:
        listen: ["udp:127.0.0.1:0", "tcp:127.0.0.1:0", "tls:127.0.0.1:0"]
        registration: {minExpires: 5s}
        tls: {certificate: {file: "%s", password: "%s"}}
      web: {http: "127.0.0.1:0", https: null}
      media: {listen: "127.0.0.1:0", rtp: {bind: "127.0.0.1"}}
      admin: {listen: null}
      """;

  /** Not SIP legs: one whose BYE nobody answers is there for half a minute, rightly. */
  private static final ImmutableSet<String> OF_CALLS =
      ImmutableSet.of("calls", "mediaSessions", "rtpPorts", "peerTransports");

  private static final String KEY = "of-no-use-elsewhere";

  private final Gateway gateway;
  private final Path directory;
  private final GatewayAddress address;

  private TestedGateway(Gateway gateway, Path directory) {
    this.gateway = gateway;
    this.directory = directory;
    URI web = URI.create("ws://" + text(gateway.webListening().get(0)) + "/ws");
    this.address =
        new GatewayAddress(
            sip(gateway, SipTransport.UDP),
            sip(gateway, SipTransport.TCP),
            sip(gateway, SipTransport.TLS),
            web,
            false);
  }

  /**
   * Starts one.
   *
   * @param settings as in conf/gateway.yaml; what they leave out is as tests want it
   * @param users who may sign in, besides those of the settings
   * @throws StepFailure if the settings have mistakes or a port cannot be had
   */
  public static TestedGateway start(String settings, Map<String, String> users) throws StepFailure {
    return start(new GatewayPlan(settings, 1), users);
  }

  /**
   * Starts one.
   *
   * @param plan what its settings leave out is as tests want it
   * @param users who may sign in, besides those of the settings
   * @throws StepFailure if the settings have mistakes or a port cannot be had
   */
  public static TestedGateway start(GatewayPlan plan, Map<String, String> users)
      throws StepFailure {
    try {
      Path directory = Files.createTempDirectory("call-test");
      try {
        return start(directory, plan, users);
      } catch (IOException | ConfigException e) {
        delete(directory);
        throw e;
      }
    } catch (ConfigException e) {
      throw new StepFailure("the gateway's settings: " + String.join("; ", e.problems()));
    } catch (IOException e) {
      throw new StepFailure("the gateway does not start", e);
    }
  }

  private static TestedGateway start(Path directory, GatewayPlan plan, Map<String, String> users)
      throws IOException, ConfigException {
    Path keys = directory.resolve("gateway.p12");
    ServerKeys.writeSelfSigned(keys, ImmutableList.of("127.0.0.1"), KEY.toCharArray());
    Path file = directory.resolve("gateway.yaml");
    Files.writeString(file, yaml(USUAL.formatted(keys, KEY), plan.settings(), users));
    GatewayConfig config = ConfigLoader.load(file, System::getenv);
    Gateway gateway =
        Gateway.start(config, config.users(), "call-test", directory, plan.sessionSecond());
    return new TestedGateway(gateway, directory);
  }

  private static void delete(Path directory) {
    try {
      MoreFiles.deleteRecursively(directory, RecursiveDeleteOption.ALLOW_INSECURE);
    } catch (IOException e) {
      directory.toFile().deleteOnExit();
    }
  }

  private static String yaml(String usual, String settings, Map<String, String> users) {
    Map<Object, @Nullable Object> all = new LinkedHashMap<>();
    merge(all, load(usual));
    Map<Object, @Nullable Object> named = new LinkedHashMap<>();
    users.forEach((user, password) -> named.put(user, ImmutableMap.of("password", password)));
    merge(all, Map.of("users", named));
    merge(all, load(settings));
    return new Dump(DumpSettings.builder().build()).dumpToString(all);
  }

  private static Map<?, ?> load(String text) {
    Object value = new Load(LoadSettings.builder().build()).loadFromString(text);
    return value instanceof Map<?, ?> map ? map : Map.of();
  }

  @SuppressWarnings("unchecked")
  private static void merge(Map<Object, @Nullable Object> into, Map<?, ?> from) {
    from.forEach(
        (key, value) -> {
          Object there = into.get(key);
          if (there instanceof Map<?, ?> && value instanceof Map<?, ?> more) {
            merge((Map<Object, @Nullable Object>) there, more);
          } else if (value instanceof Map<?, ?> map) {
            Map<Object, @Nullable Object> copy = new LinkedHashMap<>();
            merge(copy, map);
            into.put(key, copy);
          } else {
            into.put(key, value);
          }
        });
  }

  private static InetSocketAddress sip(Gateway gateway, SipTransport transport) {
    Optional<SipConfig.Listen> found =
        gateway.sipListening().stream().filter(l -> l.transport() == transport).findFirst();
    return found.orElse(gateway.sipListening().get(0)).address();
  }

  /** A host and port as they stand in a URI. */
  static String text(InetSocketAddress address) {
    return InetAddresses.toUriString(address.getAddress()) + ":" + address.getPort();
  }

  /** Where it is. */
  public GatewayAddress address() {
    return address;
  }

  /** How much of everything is in use; all zero but {@code threads} when nothing goes on. */
  public ImmutableMap<String, Object> status() {
    return gateway.status();
  }

  /**
   * What is left of calls when all are over and the gateway has had a while to notice.
   *
   * @return figures of {@link #status} that are not zero, none if nothing is left
   */
  public ImmutableMap<String, Object> leftovers(Duration patience) throws InterruptedException {
    Optional<Boolean> nothing =
        new Trace().await(patience, () -> Optional.of(true).filter(all -> left().isEmpty()));
    return nothing.isPresent() ? ImmutableMap.of() : left();
  }

  private ImmutableMap<String, Object> left() {
    Map<String, Object> left = Maps.filterKeys(gateway.status(), OF_CALLS::contains);
    return ImmutableMap.copyOf(
        Maps.filterValues(left, value -> value instanceof Number n && n.longValue() != 0));
  }

  @Override
  public void close() {
    gateway.close();
    delete(directory);
  }
}
