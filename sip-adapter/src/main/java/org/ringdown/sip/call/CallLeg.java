package org.ringdown.sip.call;

import com.google.common.collect.ImmutableMap;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.sip.ClientTransaction;
import javax.sip.Dialog;
import javax.sip.ServerTransaction;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.jspecify.annotations.Nullable;
import org.ringdown.sip.dialog.DialogLeg;
import org.ringdown.sip.dialog.DialogOwner;
import org.ringdown.sip.dialog.LegEvents;
import org.ringdown.sip.dialog.OpenLegs;
import org.ringdown.sip.dialog.Replaces;
import org.ringdown.sip.leg.DialogPolicy;
import org.ringdown.sip.leg.ReferProgress;
import org.ringdown.sip.leg.SipEnd;
import org.ringdown.sip.message.Reasons;
import org.ringdown.sip.message.SipStatus;
import org.ringdown.sip.transaction.Mailbox;
import org.ringdown.sip.usage.InviteUsage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A leg as all others see it: takes what its holder wants and what JAIN-SIP tells, from any thread,
 * into its mailbox, where its {@link Role} does it, one after the other.
 */
final class CallLeg implements DialogLeg, LegEvents, DialogOwner {
  private static final Logger LOG = LoggerFactory.getLogger(CallLeg.class);

  private final OpenLegs legs;
  private final Mailbox mailbox;
  private final Role role;

  /** A leg that nobody knows of yet; the role gets it as the owner of its dialogs. */
  CallLeg(OpenLegs legs, Mailbox mailbox, Function<CallLeg, Role> role) {
    this.legs = legs;
    this.mailbox = mailbox;
    this.role = role.apply(this);
  }

  /** Sends the INVITE, or announces the one that came; once. */
  void begin() {
    legs.add(this);
    role.begin();
  }

  @Override
  public String callId() {
    return role.callId();
  }

  @Override
  public Listener listener() {
    return role.listener();
  }

  @Override
  public boolean isNamedBy(Replaces name) {
    return role.isNamedBy(name);
  }

  @Override
  public OpenLegs legs() {
    return legs;
  }

  @Override
  public LegEvents events() {
    return this;
  }

  @Override
  public boolean challenged(Response response) {
    return role.challenged(response);
  }

  @Override
  public void authorize(Request request) {
    role.authorize(request);
  }

  @Override
  public void usageOver() {
    role.over();
    legs.over(this);
  }

  @Override
  public void post(Runnable task) {
    mailbox.post(task, this::failed);
  }

  /** A fault of ours or of JAIN-SIP's costs this call, and leaves nothing of it behind. */
  private void failed(Throwable fault) {
    LOG.error("a leg failed in {}", role, fault);
    if (!role.isOver()) {
      SipStatus status = new SipStatus(500, Reasons.phrase(500), 41, "");
      role.abandon(new SipEnd(SipEnd.Kind.UNREACHABLE, status));
    }
  }

  @Override
  public void say(ImmutableMap<String, String> headers) {
    post(() -> role.say(headers));
  }

  @Override
  public void ring() {
    post(role::ring);
  }

  @Override
  public void progress(String sdp) {
    post(() -> role.progress(sdp));
  }

  @Override
  public void answer(String sdp) {
    post(() -> role.answer(sdp));
  }

  @Override
  public boolean follow(DialogPolicy wanted) {
    int refusal = role.objection(wanted);
    post(() -> role.follow(wanted, refusal));
    return refusal == 0;
  }

  @Override
  public void challenge() {
    post(role::challenge);
  }

  @Override
  public void answerOffer(String sdp) {
    post(
        () -> {
          if (!role.answersFirst(sdp)) {
            within(role.speaking(), usage -> usage.renegotiation().answer(sdp));
          }
        });
  }

  @Override
  public void refuseOffer(SipStatus status) {
    post(() -> within(role.speaking(), usage -> usage.renegotiation().refuse(status)));
  }

  @Override
  public void offer(String sdp) {
    post(
        () -> {
          InviteUsage usage = role.confirmed();
          if (usage != null) {
            usage.renegotiation().offer(sdp);
          } else if (!role.isOver()) {
            role.listener().onOfferAnswered(null);
          }
        });
  }

  @Override
  public void digits(String digits, int durationMs, int gapMs) {
    post(() -> within(role.confirmed(), usage -> usage.sendDigits(digits, durationMs, gapMs)));
  }

  @Override
  public void askPicture() {
    post(() -> within(role.dialog(), InviteUsage::askPicture));
  }

  @Override
  public void refer(String referTo, boolean onlyIfAllowed, ReferProgress progress) {
    post(
        () -> {
          InviteUsage usage = role.dialog();
          if (usage != null) {
            usage.refer(referTo, onlyIfAllowed, progress);
          } else {
            InviteUsage.refuseToRefer(progress);
          }
        });
  }

  @Override
  public void referTo(Consumer<Optional<String>> known) {
    post(() -> known.accept(Optional.ofNullable(role.dialog()).flatMap(InviteUsage::referTo)));
  }

  @Override
  public void end(SipStatus status) {
    post(() -> role.end(status));
  }

  @Override
  public void onRequest(Request request, ServerTransaction of) {
    post(() -> role.onRequest(request, of));
  }

  @Override
  public void onResponse(Response response, @Nullable Dialog dialog) {
    post(() -> role.onResponse(response, dialog));
  }

  @Override
  public void onAck(Request ack) {
    post(() -> role.onAck(ack));
  }

  @Override
  public void onAckMissing() {
    post(role::onAckMissing);
  }

  @Override
  public void onTimeout(ClientTransaction of) {
    post(() -> role.onTimeout(of));
  }

  @Override
  public void onEarlyTooLong() {
    post(role::onEarlyTooLong);
  }

  private static void within(@Nullable InviteUsage usage, Consumer<InviteUsage> task) {
    if (usage != null) {
      task.accept(usage);
    }
  }
}
