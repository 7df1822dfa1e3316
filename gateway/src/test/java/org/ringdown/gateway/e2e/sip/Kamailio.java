package org.ringdown.gateway.e2e.sip;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.ringdown.gateway.e2e.process.ChildProcess;
import org.ringdown.gateway.e2e.process.WorkDir;

/**
 * The SIP server Kamailio as a PBX: registrar and proxy, with a password for every user. Numbers
 * that begin with 7 go to the gateway's address without the 7, those that begin with 8 to where the
 * user {@code gw} has registered. It gives out no GRUUs (RFC 5627), since it does not lead requests
 * within a dialog back from them to their phones. Safe from any thread.
 */
public final class Kamailio implements AutoCloseable {
  /** The gateway's user at the PBX. */
  public static final String GATEWAY_USER = "gw";

  /** Its password. */
  public static final String GATEWAY_PASSWORD = "gwpw";

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final int port;
  private final ChildProcess process;

  private Kamailio(int port, ChildProcess process) {
    this.port = port;
    this.process = process;
  }

  /**
   * How it speaks TLS: with the gateway, which must show a certificate.
   *
   * @param port where it listens for it
   * @param gatewayPort where numbers with 7 go
   * @param certificate its certificate with the key
   * @param authority whom it believes
   */
  public record Tls(int port, int gatewayPort, Path certificate, Path authority) {}

  /**
   * Starts a PBX with the users {@code gw}, {@code 200} and {@code 201}, and waits until it
   * listens.
   */
  public static Kamailio start(Path dir, int port, int gatewayPort) {
    return start(dir, port, config(dir.resolve("db"), port, "127.0.0.1:" + gatewayPort, ""));
  }

  /** One that speaks TLS with the gateway. */
  public static Kamailio start(Path dir, int port, Tls tls) {
    Path profiles = WorkDir.write(dir.resolve("tls.cfg"), profiles(tls));
    String modules =
        """
        listen=tls:127.0.0.1:%d
        enable_tls=yes
        loadmodule "tls.so"
        modparam("tls", "config", "%s")
        """
            .formatted(tls.port(), profiles);
    String gateway = "127.0.0.1:" + tls.gatewayPort() + ";transport=tls";
    return start(dir, port, config(dir.resolve("db"), port, gateway, modules));
  }

  private static String profiles(Tls tls) {
    String profile =
        """
        method = TLSv1.2+
        verify_certificate = yes
        require_certificate = yes
        private_key = %1$s
        certificate = %1$s
        ca_list = %2$s
        """
            .formatted(tls.certificate(), tls.authority());
    return "[server:default]\n" + profile + "[client:default]\n" + profile;
  }

  private static Kamailio start(Path dir, int port, String text) {
    Path db = WorkDir.make(dir.resolve("db"));
    WorkDir.write(db.resolve("version"), VERSION);
    WorkDir.write(db.resolve("subscriber"), SUBSCRIBER);
    Path config = WorkDir.write(dir.resolve("kamailio.cfg"), text);
    WorkDir.make(dir.resolve("run"));
    List<String> command =
        List.of(
            "kamailio",
            "-f",
            config.toString(),
            "-DD",
            "-E",
            "-Y",
            dir + "/run",
            "-m",
            "64",
            "-M",
            "8");
    ChildProcess process = ChildProcess.start("kamailio", dir, Map.of(), command);
    Kamailio pbx = new Kamailio(port, process);
    Awaitility.await("Kamailio listens; log: " + process.logFile())
        .atMost(PATIENCE)
        .failFast("Kamailio has ended; log: " + process.logFile(), () -> !process.isAlive())
        .until(() -> process.log().contains("PBX is up"));
    return pbx;
  }

  /** Where it listens. */
  public int port() {
    return port;
  }

  /** Waits until its log has this piece. */
  public void awaitLog(String piece) {
    Awaitility.await("Kamailio logs " + piece + " in " + process.logFile())
        .atMost(PATIENCE)
        .until(() -> process.log().contains(piece));
  }

  /** Is gone from one moment to the next, as when its machine loses power. */
  public void die() {
    process.kill();
  }

  @Override
  public void close() {
    process.close();
  }

  private static String config(Path db, int port, String gateway, String modules) {
    return CONFIG
        .replace("@MODULES@\n", modules)
        .replace("@PORT@", Integer.toString(port))
        .replace("@GATEWAY@", gateway)
        .replace("@DB@", db.toString());
  }

  private static final String VERSION =
      """
      table_name(string) table_version(int)
      subscriber:7
      location:9
      """;

  private static final String SUBSCRIBER =
      """
      username(string) domain(string) password(string) ha1(string,null) ha1b(string,null)
      gw:127.0.0.1:gwpw::
      gw:pbx.test:gwpw::
      200:127.0.0.1:p200::
      201:127.0.0.1:p201::
      """;

  private static final String CONFIG =
      """
      #!KAMAILIO
      debug=2
      log_stderror=yes
      children=2
      tcp_children=2
      auto_aliases=no
      listen=udp:127.0.0.1:@PORT@
      listen=tcp:127.0.0.1:@PORT@
      loadmodule "tm.so"
      loadmodule "sl.so"
      loadmodule "rr.so"
      loadmodule "pv.so"
      loadmodule "maxfwd.so"
      loadmodule "textops.so"
      loadmodule "siputils.so"
      loadmodule "xlog.so"
      loadmodule "usrloc.so"
      loadmodule "registrar.so"
      loadmodule "db_text.so"
      @MODULES@
      loadmodule "auth.so"
      loadmodule "auth_db.so"
      modparam("rr", "enable_full_lr", 1)
      modparam("usrloc", "db_mode", 0)
      modparam("usrloc", "preload", "location")
      modparam("registrar", "min_expires", 10)
      modparam("registrar", "max_expires", 3600)
      modparam("registrar", "gruu_enabled", 0)
      modparam("auth_db", "db_url", "text://@DB@")
      modparam("auth_db", "calculate_ha1", yes)
      modparam("auth_db", "password_column", "password")
      modparam("auth_db", "use_domain", 1)
      event_route[core:worker-one-init] { xlog("L_ERR", "PBX is up\\n"); }
      request_route {
        force_rport();
        if (!mf_process_maxfwd_header("10")) { sl_send_reply("483", "Too Many Hops"); exit; }
        if (is_method("CANCEL")) { if (t_check_trans()) t_relay(); exit; }
        if (has_totag()) {
          if (loose_route()) { t_relay(); exit; }
          if (is_method("ACK")) { if (t_check_trans()) t_relay(); exit; }
          sl_send_reply("404", "Not here");
          exit;
        }
        t_check_trans();
        if (is_method("OPTIONS")) { sl_send_reply("200", "OK"); exit; }
        if (is_method("REGISTER")) {
          if (!auth_check("$fd", "subscriber", "1")) { auth_challenge("$fd", "1"); exit; }
          if (!save("location")) sl_reply_error();
          xlog("L_ERR", "registered $tU for $hdr(Expires)\\n");
          exit;
        }
        if (!proxy_authorize("$fd", "subscriber")) { proxy_challenge("$fd", "1"); exit; }
        consume_credentials();
        remove_hf("Route");
        if (is_method("INVITE")) {
          record_route();
          xlog("L_ERR", "call from $fU for $rU, P-Asserted-Identity $hdr(P-Asserted-Identity)\\n");
        }
        if ($rU =~ "^7") {
          $ru = "sip:" + $(rU{s.substr,1,0}) + "@@GATEWAY@";
        } else {
          if ($rU =~ "^8") { $ru = "sip:gw@127.0.0.1"; }
          if (!lookup("location")) { sl_send_reply("404", "Not Found"); exit; }
        }
        if (!t_relay()) sl_reply_error();
      }
      """;
}
