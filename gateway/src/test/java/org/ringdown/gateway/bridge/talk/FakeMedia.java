package org.ringdown.gateway.bridge.talk;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.ringdown.gateway.media.MediaSession;
import org.ringdown.gateway.media.leg.LegRef;
import org.ringdown.gateway.media.leg.MediaException;
import org.ringdown.gateway.sdp.stream.MediaStream;

/** Media that consist of words. An SDP with "bad" in it cannot be used. */
public final class FakeMedia implements MediaSession {
  public final List<String> told = new ArrayList<>();
  public String arriving = "arriving";
  boolean pictureChanged;
  private int holders;

  @Override
  public String offer(LegRef from, @Nullable String offer, LegRef to) throws MediaException {
    if (offer == null) {
      return "own offer for " + to.name();
    }
    check(offer);
    return offer + " for " + to.name();
  }

  @Override
  public void ask(LegRef from, @Nullable String offer, LegRef to) {
    told.add("ask " + to.name());
  }

  @Override
  public void askOf(LegRef stays, LegRef target) {
    told.add("ask " + target.name() + " for " + stays.name());
  }

  @Override
  public String answerAsked(LegRef called, String offer) throws MediaException {
    check(offer);
    return "answer for " + called.name();
  }

  @Override
  public String refusal(LegRef called, String offer) {
    return "nothing for " + called.name();
  }

  @Override
  public void candidate(LegRef leg, String line) {
    told.add("candidate of " + leg.name() + ": " + line);
  }

  @Override
  public void replaceOffer(LegRef from, String offer) throws MediaException {
    check(offer);
    told.add("replaced by " + offer);
  }

  @Override
  public String answer(LegRef called, String answer) throws MediaException {
    check(answer);
    told.add("join " + called.name());
    return "answer of " + called.name();
  }

  @Override
  public String reoffer(LegRef leg, String offer) throws MediaException {
    check(offer);
    return "local answer for " + leg.name();
  }

  /** Only an offer that says "adds" adds something. */
  @Override
  public Optional<String> offerAdded(LegRef from, String offer, LegRef to) throws MediaException {
    check(offer);
    return offer.contains("adds") ? Optional.of("adding for " + to.name()) : Optional.empty();
  }

  @Override
  public Optional<String> offerFollowing(LegRef to) {
    return pictureChanged ? Optional.of("picture for " + to.name()) : Optional.empty();
  }

  @Override
  public void changeAnswered(LegRef from, String answer) throws MediaException {
    check(answer);
    told.add(from.name() + " took the change by " + answer);
  }

  @Override
  public void offerRefused(LegRef by) {
    told.add(by.name() + " refused an offer");
  }

  @Override
  public void hold(LegRef holder, boolean holds) {
    told.add((holds ? "hold by " : "resume by ") + holder.name());
    holders = holds ? holders + 1 : holders - 1;
  }

  @Override
  public String offerAgain(LegRef to) {
    return holders > 0 ? "sendonly" : "sendrecv";
  }

  @Override
  public void answerAgain(LegRef from, String answer) throws MediaException {
    check(answer);
    told.add(from.name() + " took " + answer);
  }

  @Override
  public String offerOf(LegRef stays, LegRef target) {
    return "offer of " + stays.name() + " for " + target.name();
  }

  @Override
  public ImmutableSet<LegRef> join(LegRef stays, LegRef target, String answer)
      throws MediaException {
    check(answer);
    told.add("join " + stays.name() + " with " + target.name());
    return ImmutableSet.of();
  }

  @Override
  public ImmutableList<MediaStream> agreed(LegRef leg) {
    return ImmutableList.of();
  }

  @Override
  public Moving depart(LegRef leg, ImmutableList<MediaStream> company) throws MediaException {
    check(leg.name());
    told.add("depart " + leg.name());
    return () -> told.add("closed " + leg.name());
  }

  @Override
  public ImmutableSet<LegRef> arrive(LegRef stays, LegRef as, Moving leg) throws MediaException {
    check(arriving);
    told.add("join " + stays.name() + " with " + as.name());
    return ImmutableSet.of();
  }

  @Override
  public TakenIn takeIn(LegRef stays, LegRef as, String offer) throws MediaException {
    check(offer);
    told.add("join " + stays.name() + " with " + as.name());
    return new TakenIn("answer for " + as.name(), ImmutableSet.of());
  }

  @Override
  public PickedUp pickUp(LegRef as, String offer) throws MediaException {
    check(offer);
    told.add("join " + as.name());
    return new PickedUp("answer for " + as.name(), "answer of " + as.name());
  }

  private static void check(String sdp) throws MediaException {
    if (sdp.contains("bad")) {
      throw new MediaException(MediaException.Kind.NOT_ACCEPTABLE, "bad SDP");
    }
  }

  @Override
  public void sendDtmf(LegRef leg, String digits, int durationMs, int gapMs) {
    told.add("dtmf " + digits + " to " + leg.name());
  }

  @Override
  public boolean askPicture(LegRef leg) {
    told.add("picture of " + leg.name());
    return !leg.name().equals("deaf");
  }

  @Override
  public boolean takesEvents(LegRef leg) {
    return !leg.name().equals("deaf");
  }

  @Override
  public ImmutableMap<String, Object> query() {
    return ImmutableMap.of();
  }

  @Override
  public ImmutableMap<String, Object> query(LegRef leg) {
    return ImmutableMap.of("leg", leg.name());
  }

  @Override
  public void release(LegRef leg) {
    told.add("release " + leg.name());
  }

  @Override
  public void close() {
    told.add("close");
  }
}
