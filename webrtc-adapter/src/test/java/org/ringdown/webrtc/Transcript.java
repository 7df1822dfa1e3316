package org.ringdown.webrtc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableMap;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.ringdown.webrtc.page.WebRtcLeg;
import org.ringdown.webrtc.signaling.ReasonCode;
import org.ringdown.webrtc.web.TextSocket;

/**
 * Plays a written conversation and checks every line of it. What begins a line:
 *
 * <pre>
 *  C:  the page sends this; or (connects), (disconnects), (goes away), (sends binary), (sends too much),
 *      (pongs): from now on it answers pings
 *  S:  the page gets exactly this next; or (closes STATUS REASON)
 *  G:  the holder of the endpoint says this to a call: g-1 end remote hangup
 *  H:  the holder of the endpoint hears exactly this next
 *  T:  so many seconds pass
 *  #   for the reader
 * </pre>
 *
 * {@code $session} and {@code $token} stand for what {@code welcome} gave. Nothing may be left over
 * at the end, and before each {@code C:} line nothing unexpected may have been sent.
 */
final class Transcript {
  private static final Pattern WELCOME =
      Pattern.compile("\"session\":\"([^\"]+)\",\"resumeToken\":\"([^\"]+)\"");

  private static final WebRtcLeg.Verdict VERDICT =
      new WebRtcLeg.Verdict(
          ReasonCode.NO_RTP_FROM_SIP,
          WebRtcLeg.Verdict.Hop.PHONE,
          WebRtcLeg.Verdict.Direction.FROM_PHONE,
          "No sound has come from the phone.",
          "Check the firewall.");

  private final Bench bench = new Bench();
  private FakeSocket socket = bench.connect();
  private String session = "none";
  private String token = "none";

  static Bench play(String text) {
    Transcript transcript = new Transcript();
    text.lines().map(String::strip).filter(line -> !line.isEmpty()).forEach(transcript::line);
    transcript.nothingLeft("the end");
    return transcript.bench;
  }

  private void line(String line) {
    if (line.startsWith("#")) {
      return;
    }
    String rest = line.substring(2).strip();
    switch (line.substring(0, 2)) {
      case "C:" -> page(rest);
      case "S:" -> expect(rest);
      case "G:" -> gateway(Splitter.on(' ').limit(4).splitToList(rest));
      case "H:" -> assertThat(bench.handler.heard.poll()).as(line).isEqualTo(rest);
      case "T:" -> bench.timers.pass(Duration.ofSeconds(Long.parseLong(rest)));
      default -> fail("no such line: " + line);
    }
  }

  private void page(String what) {
    switch (what) {
      case "(connects)" -> socket = bench.connect();
      case "(disconnects)" -> socket.disconnect();
      case "(goes away)" -> socket.disconnect(1001);
      case "(sends binary)" -> socket.deliver(TextSocket.Unusable.BINARY);
      case "(pongs)" -> socket.answersPings = true;
      case "(sends too much)" -> socket.deliver(TextSocket.Unusable.TOO_LONG);
      default -> {
        nothingLeft(what);
        socket.deliver(what.replace("$session", session).replace("$token", token));
      }
    }
  }

  private void expect(String what) {
    if (what.startsWith("(closes")) {
      assertThat("(closes " + socket.closing + ")").isEqualTo(what);
      return;
    }
    String sent = socket.next();
    Matcher welcome = WELCOME.matcher(sent == null ? "" : sent);
    if (welcome.find()) {
      session = welcome.group(1);
      token = welcome.group(2);
    }
    assertThat(masked(sent)).isEqualTo(what);
  }

  private @Nullable String masked(@Nullable String sent) {
    return sent == null ? null : sent.replace(session, "$session").replace(token, "$token");
  }

  private void gateway(List<String> words) {
    String verb = words.get(1);
    if (verb.equals("offer-call")) {
      bench.handler.offer(words.get(2), words.get(3), "v=0 gateway");
      return;
    }
    if (verb.equals("message")) {
      var unused = bench.handler.sessions.get(0).message(words.get(2), "", words.get(3));
      return;
    }
    WebRtcLeg leg = Objects.requireNonNull(bench.handler.legs.get(words.get(0)));
    String argument = words.size() > 2 ? words.get(2) : "";
    String more = words.size() > 3 ? words.get(3) : "";
    switch (verb) {
      case "say" -> leg.say(ImmutableMap.of(argument, more));
      case "ringing" -> leg.ringing();
      case "answer" -> answer(leg, argument, more);
      case "refuse-offer" ->
          leg.refuseOffer(Integer.parseInt(argument), ReasonCode.NOT_ACCEPTABLE_MEDIA, null);
      case "accepted" -> leg.accepted();
      case "offer" -> leg.offer(argument);
      case "held" -> leg.held(Boolean.parseBoolean(argument));
      case "dtmf" -> leg.dtmf(argument.charAt(0), Integer.parseInt(more));
      case "transfer" ->
          Objects.requireNonNull(bench.handler.transfers.get(words.get(0)))
              .accept(transfer(argument));
      case "transferred-to" -> leg.transferredTo(argument, more);
      case "media" ->
          leg.media(
              WebRtcLeg.MediaState.valueOf(argument),
              more.isEmpty() ? ImmutableMap.of() : ImmutableMap.of("packets", more),
              more.isEmpty() ? null : VERDICT);
      case "end" -> leg.end(hangup(argument, more));
      default -> fail("no such verb: " + verb);
    }
  }

  private static WebRtcLeg.Transfer transfer(String how) {
    return switch (how) {
      case "ringing" -> new WebRtcLeg.Transfer.Ringing();
      case "accepted" -> new WebRtcLeg.Transfer.Accepted();
      default -> new WebRtcLeg.Transfer.Failed(hangup("REMOTE", "BUSY"));
    };
  }

  /** To the page's offer of the number that is given, or else to its first. */
  private static void answer(WebRtcLeg leg, String sdp, String offer) {
    leg.answer(offer.isEmpty() ? 1 : Integer.parseInt(offer), sdp);
  }

  private static WebRtcLeg.Hangup hangup(String by, String code) {
    boolean sip = by.equals("REMOTE");
    return new WebRtcLeg.Hangup(
        WebRtcLeg.By.valueOf(by),
        ReasonCode.valueOf(code),
        sip ? 486 : null,
        sip ? 17 : null,
        null);
  }

  private void nothingLeft(String before) {
    assertThat(socket.sent).as("sent, and not expected before " + before).isEmpty();
    assertThat(bench.handler.heard).as("heard, and not expected before " + before).isEmpty();
  }
}
