package org.ringdown.gateway;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.util.concurrent.ThreadFactoryBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.ringdown.gateway.config.GatewayConfig;
import org.ringdown.gateway.config.SipTls;
import org.ringdown.gateway.config.Trunk;
import org.ringdown.sip.tls.KeyFile;
import org.ringdown.sip.tls.TlsFiles;
import org.ringdown.sip.tls.TlsIdentity;
import org.ringdown.sip.tls.TlsPeer;
import org.ringdown.sip.tls.TlsServer;
import org.ringdown.sip.tls.TlsTrust;
import org.ringdown.sip.transport.SipTransport;

/**
 * The keys and authorities of SIP over TLS, as the configuration names them. Their files are looked
 * at every few seconds, so that a new certificate needs no restart. Safe from any thread.
 */
final class SipSecurity implements AutoCloseable {
  private static final int LOOK_EVERY_SECONDS = 5;

  private final TlsFiles files = new TlsFiles();
  private final TlsServer server;
  private final @Nullable TlsIdentity own;
  private final TlsTrust trust;
  private final ScheduledExecutorService watch;
  private volatile ImmutableMap<String, TlsPeer> trunks = ImmutableMap.of();

  /**
   * Reads all files.
   *
   * @throws IOException if one cannot be used
   */
  SipSecurity(GatewayConfig config) throws IOException {
    SipTls tls = config.sip().tls();
    Path trusted = tls.trust();
    this.own = identity(tls.certificate());
    this.trust = trusted == null ? TlsTrust.system() : files.trust(trusted);
    this.server = new TlsServer(own, trust, tls.clientAuth(), this::clients);
    change(config.trunks());
    this.watch =
        Executors.newSingleThreadScheduledExecutor(
            new ThreadFactoryBuilder().setNameFormat("certificates").setDaemon(true).build());
    watch.scheduleWithFixedDelay(
        files::refresh, LOOK_EVERY_SECONDS, LOOK_EVERY_SECONDS, TimeUnit.SECONDS);
  }

  /**
   * Reads what these trunks need; who connects may be one of them from now on.
   *
   * @throws IOException if a file cannot be used; all is as before then
   */
  void change(Map<String, Trunk> configured) throws IOException {
    ImmutableMap.Builder<String, TlsPeer> peers = ImmutableMap.builder();
    for (Map.Entry<String, Trunk> entry : configured.entrySet()) {
      if (usesTls(entry.getValue())) {
        peers.put(entry.getKey(), peer(entry.getValue()));
      }
    }
    trunks = peers.buildOrThrow();
  }

  private ImmutableList<TlsTrust> clients() {
    return Stream.concat(Stream.of(trust), trunks.values().stream().map(TlsPeer::trust))
        .distinct()
        .collect(ImmutableList.toImmutableList());
  }

  /** A trunk that we reach otherwise may still connect to us by TLS, if it is set up for it. */
  private static boolean usesTls(Trunk trunk) {
    return !trunk.tls().equals(SipTls.OfTrunk.USUAL)
        || trunk.servers().all().stream().anyMatch(SipSecurity::mayUseTls);
  }

  /** By its URI, or because DNS may say so. */
  private static boolean mayUseTls(Trunk.Server server) {
    return server.transport() == SipTransport.TLS || server.transport() == null;
  }

  private TlsPeer peer(Trunk trunk) throws IOException {
    SipTls.OfTrunk tls = trunk.tls();
    TlsIdentity special = identity(tls.certificate());
    Path trusted = tls.trust();
    String name = tls.name();
    return new TlsPeer(
        name == null ? trunk.server().host() : name,
        tls.checkName(),
        trusted == null ? trust : files.trust(trusted),
        special == null ? own : special);
  }

  private @Nullable TlsIdentity identity(SipTls.Certificate certificate) throws IOException {
    Path file = certificate.file();
    return file == null
        ? null
        : files.identity(new KeyFile(file, certificate.key(), certificate.password().value()));
  }

  /** How those who connect are met. */
  TlsServer server() {
    return server;
  }

  /** Who the trunks that use TLS must prove to be, by the trunk's name. */
  ImmutableMap<String, TlsPeer> trunks() {
    return trunks;
  }

  @Override
  public void close() {
    watch.shutdownNow();
  }
}
