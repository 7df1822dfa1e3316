package org.ringdown.sip.call;

import gov.nist.javax.sip.header.RSeq;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import javax.sip.Dialog;
import javax.sip.SipException;
import javax.sip.header.RSeqHeader;
import javax.sip.header.ToHeader;
import javax.sip.message.Response;
import org.jspecify.annotations.Nullable;
import org.ringdown.sip.dialog.DialogPath;
import org.ringdown.sip.dialog.LegEvents;
import org.ringdown.sip.log.StackLog;
import org.ringdown.sip.message.Bodies;
import org.ringdown.sip.usage.InviteUsage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The dialogs that the forks of one INVITE of ours have made so far, by the tags of the called
 * phones, with the PRACKs of each (RFC 3262 section 4). Not thread-safe: used within one leg's
 * mailbox.
 */
final class EarlyDialogs {
  private static final Logger LOG = LoggerFactory.getLogger(EarlyDialogs.class);

  /**
   * One of them.
   *
   * @param path where its requests go
   * @param usage what goes on in it
   */
  record Early(DialogPath path, InviteUsage usage) {}

  /**
   * A provisional response that counts.
   *
   * @param sdp what it says that is to be heard, or null
   */
  record Heard(@Nullable String sdp) {}

  private final LegEvents owner;
  private final AskedOffers offers;
  private final Function<Dialog, Early> make;
  private final Map<String, Early> byTag = new ConcurrentHashMap<>();
  private final Map<String, Long> lastReliable = new HashMap<>();
  private final Map<String, String> described = new HashMap<>();

  EarlyDialogs(LegEvents owner, AskedOffers offers, Function<Dialog, Early> make) {
    this.owner = owner;
    this.offers = offers;
    this.make = make;
  }

  /** The dialog with this tag, null if there is none. */
  @Nullable Early find(@Nullable String tag) {
    return tag == null ? null : byTag.get(tag);
  }

  /** Whether there is one with this tag; from any thread. */
  boolean hasTag(String tag) {
    return byTag.containsKey(tag);
  }

  /** The dialog of a response, made if it is new. */
  Early of(String tag, Dialog dialog) {
    return byTag.computeIfAbsent(
        tag,
        unused -> {
          dialog.setApplicationData(owner);
          return make.apply(dialog);
        });
  }

  /**
   * The SDP that a fork has sent before its 2xx, null if it has not. Only where it was sent
   * reliably may the 2xx go without (RFC 3261 section 13.2.1), but PBXs leave it out all the same.
   */
  @Nullable String sdp(String tag) {
    return described.get(tag);
  }

  /**
   * A provisional response came; a reliable one is acknowledged, unless that has to wait for the
   * answer to an offer in it.
   *
   * @return null if it is to be passed over: a repetition, or not the next in order
   */
  @Nullable Heard take(Response response, @Nullable Dialog dialog) {
    String tag = ((ToHeader) response.getHeader(ToHeader.NAME)).getTag();
    if (tag == null || dialog == null) {
      return new Heard(offers.asks() ? null : Bodies.sdp(response));
    }
    Early early = of(tag, dialog);
    boolean isReliable = ReliableResponses.isOne(response);
    if (isReliable && !isNext(response, tag)) {
      return null;
    }
    String sdp = offers.heard(response, early);
    if (sdp != null) {
      described.put(tag, sdp);
    }
    if (isReliable && !offers.waitsFor(response)) {
      acknowledge(response, early);
    }
    return new Heard(sdp);
  }

  private boolean isNext(Response response, String tag) {
    long rseq = ((RSeq) response.getHeader(RSeqHeader.NAME)).getSeqNumber();
    Long before = lastReliable.get(tag);
    if (before != null && rseq != before + 1) {
      return false;
    }
    lastReliable.put(tag, rseq);
    return true;
  }

  private void acknowledge(Response response, Early early) {
    if (!offers.asks() && Bodies.sdp(response) != null) {
      early.usage().renegotiation().firstOfferAnswered();
    }
    try {
      early.path().prack(response, null, owner);
    } catch (SipException e) {
      LOG.debug("no PRACK could be sent: {}", StackLog.cut(e.getMessage()));
    }
  }
}
