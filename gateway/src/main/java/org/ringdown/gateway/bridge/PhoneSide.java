package org.ringdown.gateway.bridge;

import com.google.common.collect.ImmutableList;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.ringdown.gateway.call.EndReason;
import org.ringdown.gateway.call.EndReason.Kind;
import org.ringdown.gateway.config.HeaderPolicy;
import org.ringdown.gateway.config.TrunkPolicy.EarlyMedia;
import org.ringdown.gateway.media.Dialect;
import org.ringdown.gateway.media.MediaSession.LegRef;
import org.ringdown.gateway.routing.Origin;
import org.ringdown.gateway.sdp.policy.MediaPolicy;
import org.ringdown.gateway.trunk.Caller;
import org.ringdown.gateway.trunk.Place;
import org.ringdown.gateway.trunk.TrunkLink;
import org.ringdown.gateway.trunk.Trunks;
import org.ringdown.sip.Authentication;
import org.ringdown.sip.DialogPolicy;
import org.ringdown.sip.Invite;
import org.ringdown.sip.RegisterRequest;
import org.ringdown.sip.SipHandler;
import org.ringdown.sip.SipLeg;
import org.ringdown.sip.TextRequest;
import org.ringdown.webrtc.WebRtcHandler.MessageOutcome;

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

  /** Texts are taken of users only: those of a trunk would reach whoever they name. */
  @Override
  public void onText(TextRequest request) {
    if (request.authentication() instanceof Authentication.Verified user) {
      Party sender =
          Party.shown(
              new Origin.User(user.user()),
              users().addressOf(user.user()),
              Branches.deviceAt(request.source().toString()));
      asked
          .messages()
          .send(sender, request.requestUri(), request.text(), outcome -> answer(request, outcome));
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
    Attempt attempt = sender.get().attempt();
    Seat seat = Seat.ofCaller(attempt.caller(), media);
    asked.calls().place(attempt, new SipBridgeLeg(seat, leg, place.get()));
    return new SipLegEvents(seat, EarlyMedia.PASS, place.get());
  }

  /**
   * Who calls.
   *
   * @param trunk the trunk that the call comes from; null for a user's phone
   */
  private record Sender(@Nullable TrunkLink trunk, Attempt attempt) {
    Optional<Place> room() {
      return trunk == null ? Optional.of(Place.NONE) : trunk.room();
    }

    MediaPolicy media(HouseRules here) {
      return trunk == null ? here.phoneMedia() : trunk.media();
    }

    DialogPolicy dialogs(HouseRules here) {
      return trunk == null ? here.phoneDialogs() : trunk.dialogs();
    }

    String limit() {
      return trunk == null ? "" : trunk.limit();
    }
  }

  /** A user is known by credentials; who shows none may be a trunk, which is known by its place. */
  private Optional<Sender> senderOf(Invite invite) {
    if (invite.authentication() instanceof Authentication.Verified user) {
      return Optional.of(new Sender(null, ofUser(user.user(), invite)));
    }
    return invite.authentication() instanceof Authentication.None
        ? trunks.senderOf(invite).map(trunk -> new Sender(trunk, over(trunk, invite)))
        : Optional.empty();
  }

  private Attempt ofUser(String user, Invite invite) {
    Party caller =
        new Party(
            new Origin.User(user),
            new Caller(users().addressOf(user), Caller.privacyOf(invite)),
            Branches.deviceAt(invite.source().toString()));
    HeaderPolicy pass = rules.get().headers().phones();
    Passed passed = Passed.of(invite.headers(), pass, ImmutableList.of());
    return new Attempt(caller, invite.requestUri(), invite.sdp(), passed);
  }

  private static Attempt over(TrunkLink trunk, Invite invite) {
    Party caller =
        new Party(
            new Origin.Trunk(trunk.name()),
            trunk.caller(invite),
            Branches.deviceAt(invite.source().toString()));
    Passed passed = Passed.of(invite.headers(), trunk.headers(), trunk.diversions(invite));
    return new Attempt(caller, trunk.dialled(invite), invite.sdp(), passed);
  }
}
