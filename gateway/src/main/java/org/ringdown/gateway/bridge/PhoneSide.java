package org.ringdown.gateway.bridge;

import java.util.Optional;
import org.ringdown.gateway.call.EndReason.By;
import org.ringdown.gateway.media.Dialect;
import org.ringdown.gateway.media.MediaSession.LegRef;
import org.ringdown.gateway.routing.Origin;
import org.ringdown.gateway.sdp.policy.MediaPolicy;
import org.ringdown.gateway.trunk.TrunkLink;
import org.ringdown.gateway.trunk.Trunks;
import org.ringdown.sip.Authentication;
import org.ringdown.sip.Invite;
import org.ringdown.sip.NameAddress;
import org.ringdown.sip.RegisterRequest;
import org.ringdown.sip.SipHandler;
import org.ringdown.sip.SipLeg;

/**
 * What phones and trunks ask for. Everybody has to prove who they are; who cannot reaches nothing,
 * and is called what the proof says, not what From claims. Safe from any thread.
 */
final class PhoneSide implements SipHandler {
  private final Users users;
  private final Trunks trunks;
  private final MediaPolicy phoneMedia;
  private final Registrations registrations;
  private final CallService calls;

  PhoneSide(
      Users users,
      Trunks trunks,
      MediaPolicy phoneMedia,
      Registrations registrations,
      CallService calls) {
    this.users = users;
    this.trunks = trunks;
    this.phoneMedia = phoneMedia;
    this.registrations = registrations;
    this.calls = calls;
  }

  @Override
  public Optional<String> passwordOf(String user) {
    return users.passwordOf(user);
  }

  @Override
  public void onRegister(RegisterRequest request) {
    registrations.register(request);
  }

  @Override
  public SipLeg.Listener onInvite(Invite invite, SipLeg leg) {
    Optional<Caller> caller = callerOf(invite);
    if (caller.isEmpty()) {
      leg.challenge();
      return SipLeg.Listener.NONE;
    }
    Attempt attempt =
        new Attempt(
            caller.get().origin(),
            caller.get().shown(),
            Branches.deviceAt(invite.source().toString()),
            caller.get().dialled(),
            invite.sdp());
    LegRef media =
        new LegRef("caller", Dialect.PLAIN, caller.get().media(), invite.source().getAddress());
    return calls
        .place(attempt, new SipBridgeLeg(media, leg))
        .<SipLeg.Listener>map(
            call ->
                new SipLegEvents(call, call.callerEvents(), By.CALLER, caller.get().media().dtmf()))
        .orElse(SipLeg.Listener.NONE);
  }

  /** Who calls, as whom the called devices see it, whom it wants, and with which media. */
  private record Caller(Origin origin, NameAddress shown, String dialled, MediaPolicy media) {}

  /** A user is known by credentials; who shows none may be a trunk, which is known by its place. */
  private Optional<Caller> callerOf(Invite invite) {
    if (invite.authentication() instanceof Authentication.Verified user) {
      return Optional.of(
          new Caller(
              new Origin.User(user.user()),
              users.addressOf(user.user()),
              invite.requestUri(),
              phoneMedia));
    }
    return invite.authentication() instanceof Authentication.None
        ? trunks.senderOf(invite).map(trunk -> callerOver(trunk, invite))
        : Optional.empty();
  }

  private static Caller callerOver(TrunkLink trunk, Invite invite) {
    return new Caller(
        new Origin.Trunk(trunk.name()), trunk.caller(invite), trunk.dialled(invite), trunk.media());
  }
}
