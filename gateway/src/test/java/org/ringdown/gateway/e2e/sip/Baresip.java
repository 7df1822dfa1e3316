package org.ringdown.gateway.e2e.sip;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.ringdown.gateway.e2e.process.ChildProcess;
import org.ringdown.gateway.e2e.process.FreePorts;
import org.ringdown.gateway.e2e.process.WorkDir;
import org.ringdown.gateway.e2e.sound.Recording;
import org.ringdown.gateway.e2e.sound.Tone;
import tools.jackson.databind.JsonNode;

/**
 * The softphone baresip without a screen, steered over its ctrl_tcp module. It plays a tone into
 * every call and records what it hears. Safe from any thread.
 */
public final class Baresip implements AutoCloseable {
  /** A codec with the rate and channels its sound files must have. */
  public enum Codec {
    PCMA("PCMA/8000/1", 8000, 1),
    PCMU("PCMU/8000/1", 8000, 1),
    G722("G722/16000/1", 16000, 1),
    OPUS("opus/48000/2", 48000, 2);

    private final String encoding;
    private final int rateHz;
    private final int channels;

    Codec(String encoding, int rateHz, int channels) {
      this.encoding = encoding;
      this.rateHz = rateHz;
      this.channels = channels;
    }
  }

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int TONE_SECONDS = 60;
  private static final String CAMERA =
      """
      video_source fakevideo,nil
      video_display fakevideo,nil
      videoenc_format yuv420p
      video_size 352x288
      video_fps 10
      video_bitrate 200000
      module fakevideo.so
      module vp8.so
      """;

  private final Path dir;
  private final int sipPort;
  private final SipAccount account;
  private final ChildProcess process;
  private final ControlChannel control;

  private Baresip(Path dir, int sipPort, int ctrlPort, SipAccount account) {
    this.dir = dir;
    this.sipPort = sipPort;
    this.account = account;
    List<String> command = List.of("baresip", "-f", dir.toString(), "-v", "-s");
    this.process = ChildProcess.start("baresip", dir, Map.of(), command);
    this.control = ControlChannel.connect(ctrlPort);
  }

  /** Starts a phone and, if it has a registrar, waits until it is registered. */
  public static Baresip start(
      Path dir, FreePorts ports, SipAccount account, Codec codec, Tone tone, boolean answers) {
    Path wav = dir.resolve("says.wav");
    tone.write(wav, TONE_SECONDS, codec.rateHz, codec.channels);
    int sip = ports.block(2);
    int ctrl = ports.one();
    String config = config(dir, sip, ctrl, ports.block(20), wav) + tls(account);
    WorkDir.write(dir.resolve("config"), account.video() ? config + CAMERA : config);
    WorkDir.write(dir.resolve("accounts"), accountLine(account, sip, codec, answers));
    WorkDir.write(dir.resolve("contacts"), "");
    Baresip phone = new Baresip(dir, sip, ctrl, account);
    if (account.registers()) {
      phone.awaitTrace("200 OK", " [1 binding");
    }
    return phone;
  }

  /** The phone's own URI, for a call straight to it. */
  public String uri() {
    return "sip:" + account.user() + "@127.0.0.1:" + sipPort;
  }

  /** Calls a number or user of the registrar, or a whole SIP URI. */
  public void dial(String to) {
    control.forget();
    String uri = to.contains(":") ? to : "sip:" + to + "@127.0.0.1:" + account.registrarPort();
    control.send("dial", uri);
  }

  /** Answers the call that rings. */
  public void answer() {
    control.send("accept", "");
  }

  /** Ends, cancels or refuses the call. */
  public void hangup() {
    control.send("hangup", "");
  }

  /** Puts the call on hold by a re-INVITE. */
  public void hold() {
    control.send("hold", "");
  }

  /** Takes the call from hold. */
  public void resume() {
    control.send("resume", "");
  }

  /**
   * Adds the camera to the call, or takes it out, by a re-INVITE: {@code sendrecv}, {@code
   * inactive}.
   */
  public void video(String direction) {
    control.send("video_dir", direction);
  }

  /** Sends the other side to somebody else by REFER. */
  public void transfer(String to) {
    control.send("transfer", "sip:" + to + "@127.0.0.1:" + account.registrarPort());
  }

  /** Sends digits as telephone-events. */
  public void dtmf(String digits) {
    digits.chars().forEach(digit -> control.send("sndcode", Character.toString(digit)));
    control.send("sndcode", "\u0004");
  }

  /** Forgets past events, so that the next {@link #await} is about the call to come. */
  public void forget() {
    control.forget();
  }

  /** Waits for an event such as {@code CALL_ESTABLISHED} and returns it. */
  public JsonNode await(String type) {
    return Awaitility.await(account.user() + " sees " + type + "; log: " + process.logFile())
        .atMost(PATIENCE)
        .until(() -> control.events(type).stream().findFirst(), Optional::isPresent)
        .orElseThrow();
  }

  /** The digits heard since the last {@link #forget()} or {@link #dial}. */
  public String digits() {
    StringBuilder digits = new StringBuilder();
    for (JsonNode event : control.events("CALL_DTMF_START")) {
      digits.append(event.path("param").asString(""));
    }
    return digits.toString();
  }

  /** What the phone has heard in its latest call so far. */
  public Recording heard() {
    return latest("-dec.wav").map(Recording::of).orElse(Recording.EMPTY);
  }

  /** Waits until the last second heard is that tone. */
  public void awaitHears(Tone tone) {
    Awaitility.await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .failFast(account.user() + " has ended; log: " + process.logFile(), () -> !isAlive())
        .untilAsserted(
            () -> {
              Recording heard = heard();
              if (!heard.endsWith(tone)) {
                throw new AssertionError(account.user() + " wants " + tone + ", heard " + heard);
              }
            });
  }

  /** Ends the program without a word to anybody. */
  public void kill() {
    process.kill();
  }

  /** Whether the program runs. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** Waits until the phone's log, which holds all its SIP messages, has all these pieces. */
  public void awaitTrace(String... pieces) {
    Awaitility.await(account.user() + " logs " + List.of(pieces) + " in " + process.logFile())
        .atMost(PATIENCE)
        .until(() -> Stream.of(pieces).allMatch(process.log()::contains));
  }

  /** How many requests of this method the phone's log has, repeated ones too. */
  public int sent(String method) {
    return process.log().split("(?m)^" + method + " sip", -1).length - 1;
  }

  /** Whether the phone's log has this piece. */
  public boolean traced(String piece) {
    return process.log().contains(piece);
  }

  private Optional<Path> latest(String ending) {
    try (Stream<Path> files = Files.list(dir)) {
      return files
          .filter(file -> file.getFileName().toString().endsWith(ending))
          .max(Comparator.comparing(file -> file.getFileName().toString()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    control.close();
    process.close();
  }

  private static String accountLine(SipAccount account, int sip, Codec codec, boolean answers) {
    boolean registers = account.registers();
    int port = registers ? account.registrarPort() : sip;
    return String.format(
        Locale.ROOT,
        "<sip:%s@127.0.0.1:%d;transport=%s>;auth_user=%s;auth_pass=%s;regint=%d;audio_codecs=%s%s%s\n",
        account.user(),
        port,
        account.transport(),
        account.user(),
        account.password(),
        registers ? 60 : 0,
        codec.encoding,
        encryption(account),
        answers ? ";answermode=auto" : "");
  }

  private static String encryption(SipAccount account) {
    return switch (account.encryption()) {
      case NONE -> "";
      case OPTIONAL -> ";mediaenc=srtp";
      case MANDATORY -> ";mediaenc=srtp-mand";
    };
  }

  private static String tls(SipAccount account) {
    SipAccount.Tls tls = account.tls();
    return tls == null
        ? ""
        : """
        sip_certificate %s
        sip_cafile %s
        sip_verify_server yes
        """
            .formatted(tls.certificate(), tls.authority());
  }

  private static String config(Path dir, int sip, int ctrl, int rtp, Path wav) {
    return """
    poll_method epoll
    sip_listen 127.0.0.1:%d
    net_interface 127.0.0.1
    rtp_ports %d-%d
    rtcp_mux no
    jitter_buffer_delay 1-5
    call_max_calls 4
    call_local_timeout 120
    audio_path /usr/share/baresip
    audio_source aufile,%s
    audio_player aufile,nil
    audio_alert aufile,nil
    ausrc_format s16
    auplay_format s16
    statmode_default off
    ringback_disabled yes
    redial_attempts 0
    snd_path %s
    ctrl_tcp_listen 127.0.0.1:%d
    module_path /usr/lib/baresip/modules
    module g711.so
    module g722.so
    module opus.so
    module aufile.so
    module sndfile.so
    module srtp.so
    module_tmp account.so
    module_app menu.so
    module_app ctrl_tcp.so
    module_app debug_cmd.so
    """
        .formatted(sip, rtp, rtp + 19, wav, dir, ctrl);
  }
}
