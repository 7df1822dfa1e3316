package org.ringdown.gateway.bridge;

import com.google.common.collect.ImmutableList;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.ringdown.gateway.bridge.house.Branches;
import org.ringdown.gateway.bridge.house.HouseRules;
import org.ringdown.gateway.bridge.house.Users;
import org.ringdown.gateway.bridge.leg.Leg;
import org.ringdown.gateway.bridge.leg.Party;
import org.ringdown.gateway.bridge.leg.Passed;
import org.ringdown.gateway.bridge.leg.Seat;
import org.ringdown.gateway.bridge.phone.Replacements;
import org.ringdown.gateway.bridge.phone.SipBridgeLeg;
import org.ringdown.gateway.bridge.phone.SipLegEvents;
import org.ringdown.gateway.bridge.reason.SipReasons;
import org.ringdown.gateway.bridge.session.Attempt;
import org.ringdown.gateway.bridge.session.CallService;
import org.ringdown.gateway.call.EndReason;
import org.ringdown.gateway.call.EndReason.Kind;
import org.ringdown.gateway.config.TrunkPolicy.EarlyMedia;
import org.ringdown.gateway.media.leg.Dialect;
import org.ringdown.gateway.media.leg.LegRef;
import org.ringdown.gateway.routing.Origin;
import org.ringdown.gateway.sdp.policy.MediaPolicy;
import org.ringdown.gateway.trunk.Caller;
import org.ringdown.gateway.trunk.Place;
import org.ringdown.gateway.trunk.TrunkLink;
import org.ringdown.gateway.trunk.Trunks;
import org.ringdown.sip.SipHandler;
import org.ringdown.sip.challenge.Authentication;
import org.ringdown.sip.leg.Arrival;
import org.ringdown.sip.leg.DialogPolicy;
import org.ringdown.sip.leg.Invite;
import org.ringdown.sip.leg.Replacing;
import org.ringdown.sip.leg.SipLeg;
import org.ringdown.sip.register.RegisterRequest;
import org.ringdown.sip.text.TextRequest;
import org.ringdown.webrtc.page.WebRtcHandler.MessageOutcome;

/**
 * What phones and trunks ask for. Everybody has to prove who they are; who cannot reaches nothing,
 * and is called what the proof says, not what From claims. Safe from any thread.
 */
final class PhoneSide implements SipHandler {
  private final Supplier<HouseRules> rules;
  private final Trunks trunks;
  private final Asked asked;

  PhoneSide(Supplier<HouseRules> rules, Trunks trunks, Asked asked) {
    this.rules = rules;
    this.trunks = trunks;
    this.asked = asked;
  }

  /** What phones can ask for. */
  record Asked(Registrations registrations, CallService calls, Messages messages) {}

  private Users users() {
    return rules.get().users();
  }

  @Override
  public Optional<String> passwordOf(String user) {
    return users().passwordOf(user);
  }

  @Override
  public void onRegister(RegisterRequest request) {
    asked.registrations().register(request);
  }

  /** As for calls: of users, who are known by credentials, and of trunks, known by their place. */
  @Override
  public void onText(TextRequest request) {
    Optional<Sender> sender = senderOf(request.arrival());
    if (sender.isPresent()) {
      asked
          .messages()
          .send(
              sender.get().party(),
              sender.get().dialled(),
              request.text(),
              outcome -> answer(request, outcome));
    } else {
      request.challenge();
    }
  }

  private static void answer(TextRequest request, MessageOutcome outcome) {
    if (outcome instanceof MessageOutcome.Failed failed) {
      String text = failed.text() == null ? failed.code().sentence() : failed.text();
      request.refuse(SipReasons.ofText(failed.code()).because(text));
    } else {
      request.accept();
    }
  }

  @Override
  public SipLeg.Listener onInvite(Invite invite, SipLeg leg) {
    Optional<Sender> sender = senderOf(invite);
    if (sender.isEmpty()) {
      leg.challenge();
      return SipLeg.Listener.NONE;
    }
    if (!leg.follow(sender.get().dialogs(rules.get()))) {
      return SipLeg.Listener.NONE;
    }
    Optional<Place> place = sender.get().room();
    if (place.isEmpty()) {
      EndReason full = EndReason.byGateway(Kind.OVERLOADED, sender.get().limit());
      leg.end(SipReasons.toSip(full));
      return SipLeg.Listener.NONE;
    }
    MediaPolicy allowed = sender.get().media(rules.get());
    LegRef media = new LegRef("caller", Dialect.PLAIN, allowed, invite.source().getAddress());
    Attempt attempt = sender.get().attempt(invite, rules.get());
    Seat seat = Seat.ofCaller(attempt.caller(), media);
    Leg caller = new SipBridgeLeg(seat, leg, place.get());
    if (invite.replacing() instanceof Replacing.Nothing) {
      asked.calls().place(attempt, caller);
    } else {
      Replacements.begin(invite.replacing(), caller, invite.sdp(), users()::mayPickUp);
    }
    return new SipLegEvents(seat, EarlyMedia.PASS, place.get());
  }

  /**
   * Who calls or writes.
   *
   * @param trunk the trunk that it comes from; null for a user's phone
   * @param party who it is
   * @param dialled whom it is for
   */
  private record Sender(@Nullable TrunkLink trunk, Party party, String dialled) {
    Optional<Place> room() {
      return trunk == null ? Optional.of(Place.NONE) : trunk.room();
    }

    MediaPolicy media(HouseRules here) {
      return trunk == null ? here.phoneMedia() : trunk.media();
    }

    DialogPolicy dialogs(HouseRules here) {
      return trunk == null ? here.phoneDialogs() : trunk.dialogs();
    }

    Attempt attempt(Invite invite, HouseRules here) {
      Passed passed =
          trunk == null
              ? Passed.of(invite, here.headers().phones(), ImmutableList.of())
              : Passed.of(invite, trunk.headers(), trunk.diversions(invite));
      return new Attempt(party, dialled, invite.sdp(), passed);
    }

    String limit() {
      return trunk == null ? "" : trunk.limit();
    }
  }

  /** A user is known by credentials; who shows none may be a trunk, which is known by its place. */
  private Optional<Sender> senderOf(Arrival request) {
    String device = Branches.deviceAt(request.source().toString());
    if (request.authentication() instanceof Authentication.Verified user) {
      Caller caller = new Caller(users().addressOf(user.user()), Caller.privacyOf(request));
      Party party = new Party(new Origin.User(user.user()), caller, device);
      return Optional.of(new Sender(null, party, request.requestUri()));
    }
    return request.authentication() instanceof Authentication.None
        ? trunks.senderOf(request).map(trunk -> over(trunk, request, device))
        : Optional.empty();
  }

  private static Sender over(TrunkLink trunk, Arrival request, String device) {
    Party party = new Party(new Origin.Trunk(trunk.name()), trunk.caller(request), device);
    return new Sender(trunk, party, trunk.dialled(request));
  }
}
