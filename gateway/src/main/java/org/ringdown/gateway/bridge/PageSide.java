package org.ringdown.gateway.bridge;

import com.google.common.collect.ImmutableMap;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.ringdown.gateway.bridge.house.Branches;
import org.ringdown.gateway.bridge.house.Devices;
import org.ringdown.gateway.bridge.house.HouseRules;
import org.ringdown.gateway.bridge.house.Users;
import org.ringdown.gateway.bridge.leg.Party;
import org.ringdown.gateway.bridge.leg.Passed;
import org.ringdown.gateway.bridge.leg.Seat;
import org.ringdown.gateway.bridge.page.BrowserBridgeLeg;
import org.ringdown.gateway.bridge.page.BrowserLegEvents;
import org.ringdown.gateway.bridge.page.PageOffers;
import org.ringdown.gateway.bridge.session.Attempt;
import org.ringdown.gateway.bridge.session.CallService;
import org.ringdown.gateway.media.leg.Dialect;
import org.ringdown.gateway.media.leg.LegRef;
import org.ringdown.gateway.token.TokenVerifier;
import org.ringdown.sip.message.NameAddress;
import org.ringdown.webrtc.page.Grant;
import org.ringdown.webrtc.page.WebRtcHandler;
import org.ringdown.webrtc.page.WebRtcLeg;
import org.ringdown.webrtc.page.WebRtcSession;
import org.ringdown.webrtc.signaling.ReasonCode;

/** What pages ask for. Safe from any thread. */
final class PageSide implements WebRtcHandler {
  private final Supplier<HouseRules> rules;
  private final Devices devices;
  private final Asked asked;
  private final TokenVerifier tokens;

  PageSide(Supplier<HouseRules> rules, Devices devices, Asked asked, TokenVerifier tokens) {
    this.rules = rules;
    this.devices = devices;
    this.asked = asked;
    this.tokens = tokens;
  }

  /** Who does what pages ask for. */
  record Asked(CallService calls, Messages messages, Preflight preflight, LineTests lines) {}

  @Override
  public SignIn signIn(String user, String password, InetSocketAddress remote) {
    return users().isPassword(user, password)
        ? new SignIn.Accepted(Grant.of(user))
        : new SignIn.Refused(ReasonCode.UNAUTHORIZED, null);
  }

  @Override
  public void signIn(String token, Consumer<SignIn> verdict) {
    var unused = tokens.verify(token).thenAccept(verdict);
  }

  private Users users() {
    return rules.get().users();
  }

  private Party partyOf(WebRtcSession page) {
    return Party.shown(Branches.originOf(page), addressOf(page), Branches.deviceOf(page));
  }

  private NameAddress addressOf(WebRtcSession page) {
    NameAddress known = users().addressOf(page.user());
    String display = page.grant().display();
    return display.isEmpty() ? known : new NameAddress(display, known.uri());
  }

  @Override
  public void onSessionOpened(WebRtcSession session) {
    devices.add(session);
  }

  @Override
  public void onSessionClosed(WebRtcSession session) {
    devices.remove(session);
  }

  @Override
  public ImmutableMap<String, Object> onPreflight(WebRtcSession session, String to) {
    return asked.preflight().of(session, to, asked.calls().isAccepting());
  }

  @Override
  public Optional<SignIn.Refused> onLineTest(
      WebRtcSession session, String trunk, Consumer<LineFinding> findings) {
    return asked.lines().begin(partyOf(session), trunk, findings);
  }

  @Override
  public void onMessage(
      WebRtcSession session, String to, String text, Consumer<MessageOutcome> outcome) {
    asked.messages().send(partyOf(session), to, text, outcome);
  }

  @Override
  public WebRtcLeg.Listener onCall(WebRtcSession session, CallRequest request, WebRtcLeg leg) {
    Party caller = partyOf(session);
    Passed passed = Passed.begun(rules.get().headers().pages().taken(request.headers()));
    Seat seat = Seat.ofCaller(caller, new LegRef("caller", Dialect.WEBRTC));
    PageOffers offers = new PageOffers(1);
    asked
        .calls()
        .place(
            new Attempt(caller, request.to(), request.sdp(), passed),
            new BrowserBridgeLeg(seat, leg, offers));
    return new BrowserLegEvents(seat, offers);
  }
}
