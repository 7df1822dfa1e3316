package org.ringdown.webrtc;

import static org.awaitility.Awaitility.await;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.ringdown.webrtc.page.Grant;
import org.ringdown.webrtc.page.WebRtcHandler;
import org.ringdown.webrtc.page.WebRtcLeg;
import org.ringdown.webrtc.page.WebRtcSession;
import org.ringdown.webrtc.signaling.ReasonCode;

/**
 * A gateway with a memory: everybody whose password is {@code secret} may sign in; a call to {@code
 * broken} makes it fail.
 */
final class ScriptedHandler implements WebRtcHandler {
  final Queue<String> heard = new ConcurrentLinkedQueue<>();
  final Map<String, WebRtcLeg> legs = new ConcurrentHashMap<>();
  final Map<String, Consumer<WebRtcLeg.Transfer>> transfers = new ConcurrentHashMap<>();
  final CopyOnWriteArrayList<WebRtcSession> sessions = new CopyOnWriteArrayList<>();

  Runnable whenOpened = () -> {};

  @Override
  public SignIn signIn(String user, String password, InetSocketAddress remote) {
    return password.equals("secret")
        ? new SignIn.Accepted(Grant.of(user))
        : new SignIn.Refused(ReasonCode.UNAUTHORIZED, null);
  }

  /** A token is {@code user:seconds}, the seconds being those it holds; any other is wrong. */
  @Override
  public void signIn(String token, Consumer<SignIn> verdict) {
    List<String> parts = Splitter.on(':').splitToList(token);
    verdict.accept(
        parts.size() == 2
            ? new SignIn.Accepted(
                new Grant(
                    parts.get(0),
                    "",
                    Duration.ofSeconds(Long.parseLong(parts.get(1))),
                    ImmutableSet.of(),
                    1))
            : new SignIn.Refused(ReasonCode.UNAUTHORIZED, "The token is no token."));
  }

  @Override
  public void onSessionOpened(WebRtcSession session) {
    sessions.add(session);
    heard.add("opened " + session.user() + device(session));
    whenOpened.run();
  }

  @Override
  public void onSessionClosed(WebRtcSession session) {
    sessions.remove(session);
    heard.add("closed " + session.user());
  }

  @Override
  public WebRtcLeg.Listener onCall(WebRtcSession session, CallRequest request, WebRtcLeg leg) {
    if (request.to().equals("broken")) {
      throw new IllegalStateException("scripted to fail");
    }
    legs.put(leg.call(), leg);
    heard.add(leg.call() + " onCall " + request.to() + " " + request.sdp() + headers(request));
    return new Recorder(leg.call());
  }

  @Override
  public ImmutableMap<String, Object> onPreflight(WebRtcSession session, String to) {
    if (to.equals("broken")) {
      throw new IllegalStateException("scripted to fail");
    }
    return ImmutableMap.of("user", session.user(), "to", ImmutableMap.of("asked", to));
  }

  @Override
  public Optional<SignIn.Refused> onLineTest(
      WebRtcSession session, String trunk, Consumer<LineFinding> findings) {
    heard.add("onLineTest " + trunk);
    Duration took = Duration.ofMillis(7);
    switch (trunk) {
      case "broken" -> throw new IllegalStateException("scripted to fail");
      case "unknown" -> {
        return Optional.of(new SignIn.Refused(ReasonCode.NOT_FOUND, "There is no such line."));
      }
      default -> {
        findings.accept(new LineFinding("pbx", "digits", null, took, "Who knows.", null));
        findings.accept(
            new LineFinding("pbx", "end", false, took, "It ended.", ReasonCode.TIMEOUT));
        findings.accept(
            new LineFinding("pbx", "result", false, Duration.ZERO, "Out of order.", null));
        return Optional.empty();
      }
    }
  }

  @Override
  public void onMessage(
      WebRtcSession session, String to, String text, Consumer<MessageOutcome> outcome) {
    heard.add("onMessage " + to + " " + text);
    switch (to) {
      case "broken" -> throw new IllegalStateException("scripted to fail");
      case "page" -> outcome.accept(new MessageOutcome.Delivered(null));
      case "phone" -> outcome.accept(new MessageOutcome.Delivered(200));
      default -> outcome.accept(new MessageOutcome.Failed(ReasonCode.UNAVAILABLE, 480, null));
    }
  }

  /** Offers a call to the newest session. */
  WebRtcLeg offer(String from, String to, String sdp) {
    await().until(() -> !sessions.isEmpty());
    WebRtcSession session = sessions.get(sessions.size() - 1);
    WebRtcSession.Incoming incoming =
        new WebRtcSession.Incoming(from, "", to, sdp, ImmutableMap.of());
    Recorder recorder = new Recorder("offered");
    WebRtcLeg leg = session.offer(incoming, recorder);
    recorder.call = leg.call();
    legs.put(leg.call(), leg);
    return leg;
  }

  private static String device(WebRtcSession session) {
    return session.device().isEmpty() ? "" : " on " + session.device();
  }

  private static String headers(CallRequest request) {
    return request.headers().isEmpty() ? "" : " " + request.headers();
  }

  /** Writes down what a leg's listener hears. */
  private final class Recorder implements WebRtcLeg.Listener {
    private String call;

    Recorder(String call) {
      this.call = call;
    }

    @Override
    public void onHeaders(ImmutableMap<String, String> headers) {
      heard.add(call + " onHeaders " + headers);
    }

    @Override
    public void onRinging() {
      heard.add(call + " onRinging");
    }

    @Override
    public void onAnswer(String sdp) {
      heard.add(call + " onAnswer " + sdp);
    }

    @Override
    public void onOffer(String sdp) {
      heard.add(call + " onOffer " + sdp);
    }

    @Override
    public void onHold(boolean holds) {
      heard.add(call + " onHold " + holds);
    }

    @Override
    public void onCandidate(String candidate) {
      heard.add((call + " onCandidate " + candidate).strip());
    }

    @Override
    public void onDtmf(String digits, int durationMs, int gapMs) {
      heard.add(call + " onDtmf " + digits + " " + durationMs + " " + gapMs);
    }

    @Override
    public void onTransfer(String to, Consumer<WebRtcLeg.Transfer> progress) {
      transfers.put(call, progress);
      heard.add(call + " onTransfer " + to);
    }

    @Override
    public void onTransferWith(WebRtcLeg.Listener other, Consumer<WebRtcLeg.Transfer> progress) {
      heard.add(call + " onTransferWith " + ((Recorder) other).call);
    }

    @Override
    public void onStats(
        ImmutableMap<String, Object> report, Consumer<ImmutableMap<String, Object>> seen) {
      heard.add(call + " onStats " + report);
      seen.accept(ImmutableMap.of("packetsIn", 5));
    }

    @Override
    public void onOfferDropped() {
      heard.add(call + " onOfferDropped");
    }

    @Override
    public void onHangup(ReasonCode reason) {
      heard.add(call + " onHangup " + reason.code());
    }

    @Override
    public void onLost() {
      heard.add(call + " onLost");
    }
  }
}
