package org.ringdown.gateway.e2e.sip;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.ringdown.gateway.e2e.process.ChildProcess;
import org.ringdown.gateway.e2e.process.FreePorts;
import org.ringdown.gateway.e2e.process.WorkDir;
import org.ringdown.gateway.e2e.sound.Recording;
import org.ringdown.gateway.e2e.sound.Tone;

/**
 * The softphone linphonec without a screen, steered over its standard input. It plays a tone from a
 * file into its call and records what it hears (PCMA). Safe from any thread.
 */
public final class Linphone implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final Path dir;
  private final int sipPort;
  private final ChildProcess process;

  private Linphone(Path dir, int sipPort) {
    this.dir = dir;
    this.sipPort = sipPort;
    Map<String, String> env =
        Map.of(
            "HOME", dir.toString(),
            "XDG_DATA_HOME", dir.resolve(".local/share").toString(),
            "XDG_CONFIG_HOME", dir.toString());
    List<String> command = List.of("linphonec", "-c", dir.resolve("rc").toString(), "-S");
    this.process = ChildProcess.start("linphonec", dir, env, command);
  }

  /** Starts a phone; with a registrar it waits until it is registered there. */
  public static Linphone start(Path dir, FreePorts ports, SipAccount account, Tone tone) {
    int sip = ports.one();
    WorkDir.fresh(dir.resolve(".local/share/linphone"));
    WorkDir.write(dir.resolve("rc"), rc(account, sip, ports.block(2)));
    Path wav = tone.write(dir.resolve("says.wav"), 60, 8000, 1);
    Linphone phone = new Linphone(dir, sip);
    try {
      phone.prepare(wav, account);
      return phone;
    } catch (RuntimeException e) {
      phone.close();
      throw e;
    }
  }

  private void prepare(Path wav, SipAccount account) {
    await("linphonec>");
    say("soundcard use files");
    say("play " + wav);
    say("record " + dir.resolve("hears.wav"));
    if (account.registers()) {
      awaitRegistered();
    }
  }

  private void awaitRegistered() {
    Awaitility.await("linphonec is registered; log: " + process.logFile())
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(200))
        .until(
            () -> {
              say("status register");
              return process.log().contains("registered, identity=");
            });
  }

  /** The phone's own URI, for a call straight to it. */
  public String uri() {
    return "sip:phone@127.0.0.1:" + sipPort;
  }

  /** Where it listens for SIP. */
  public int port() {
    return sipPort;
  }

  /** Calls a SIP URI. */
  public void dial(String uri) {
    say("call " + uri);
  }

  /** Answers every call from now on. */
  public void answerAlways() {
    say("autoanswer enable");
  }

  /** Puts the call on hold, so that there can be another. */
  public void hold() {
    say("pause");
    await("Call \\d+ with .* is now paused|Pausing|paused");
  }

  /** Lets the other sides of two of its calls talk to each other (REFER with Replaces). */
  public void join(int call, int other) {
    say("transfer " + call + " --to-call " + other);
  }

  /** Ends the call. */
  public void hangup() {
    say("terminate");
  }

  /** Waits until a call is answered and its sound flows. */
  public void awaitConnected() {
    await("Call \\d+ with .* connected|Media streams established|answered");
  }

  /** Waits until sound flows in a call with that user. */
  public void awaitTalksTo(String user) {
    await("Media streams established with \\S*sip:" + user + "@");
  }

  /** Waits until a call has ended. */
  public void awaitEnded() {
    await("Call \\d+ with .* ended");
  }

  /** What the phone has heard since it began. */
  public Recording heard() {
    Path wav = dir.resolve("hears.wav");
    return Files.exists(wav) ? Recording.of(wav) : Recording.EMPTY;
  }

  /** Waits until that many seconds of the tone have been heard. */
  public void awaitHears(Tone tone, double seconds) {
    Awaitility.await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(100))
        .untilAsserted(
            () -> {
              if (heard().secondsOf(tone) < seconds) {
                throw new AssertionError("linphone wants " + tone + ", heard " + heard());
              }
            });
  }

  private void say(String command) {
    process.say(command);
  }

  private void await(String regex) {
    Pattern pattern = Pattern.compile(regex);
    Awaitility.await("linphonec prints " + regex + "; log: " + process.logFile())
        .atMost(PATIENCE)
        .until(() -> pattern.matcher(process.log()).find());
  }

  @Override
  public void close() {
    if (process.isAlive()) {
      say("quit");
    }
    process.close();
  }

  private static String rc(SipAccount account, int sip, int rtp) {
    boolean tcp = account.transport().equals("tcp");
    String common =
        """
        [sip]
        sip_port=%d
        sip_tcp_port=%d
        sip_tls_port=0
        default_proxy=%d
        guess_hostname=0
        contact="%s" <sip:%s@127.0.0.1>
        inc_timeout=60
        use_ipv6=0
        register_only_when_network_is_up=0
        use_rfc2833=1
        use_info=0
        media_encryption=%s
        media_encryption_mandatory=%d
        [rtp]
        audio_rtp_port=%d
        [net]
        mtu=0
        firewall_policy=0
        [sound]
        echocancellation=0
        use_files=1
        [misc]
        version_check_url_root=
        [video]
        enabled=0
        capture=0
        display=0
        [audio_codec_0]
        mime=PCMA
        rate=8000
        channels=1
        enabled=1
        [audio_codec_1]
        mime=opus
        rate=48000
        channels=2
        enabled=0
        [audio_codec_2]
        mime=speex
        rate=16000
        channels=1
        enabled=0
        [audio_codec_3]
        mime=speex
        rate=8000
        channels=1
        enabled=0
        """;
    String user = account.user();
    boolean registers = account.registers();
    String text =
        common.formatted(
            tcp ? 0 : sip,
            tcp ? sip : 0,
            registers ? 0 : -1,
            user,
            user,
            account.encryption() == SipAccount.Encryption.NONE ? "none" : "srtp",
            account.encryption() == SipAccount.Encryption.MANDATORY ? 1 : 0,
            rtp);
    return registers ? text + registration(account) : text;
  }

  private static String registration(SipAccount account) {
    return """
    [proxy_0]
    reg_proxy=<sip:127.0.0.1:%d;transport=%s>
    reg_identity=sip:%s@127.0.0.1
    reg_expires=60
    reg_sendregister=1
    publish=0
    [auth_info_0]
    username=%s
    passwd=%s
    realm=ringdown
    """
        .formatted(
            account.registrarPort(),
            account.transport(),
            account.user(),
            account.user(),
            account.password());
  }
}
