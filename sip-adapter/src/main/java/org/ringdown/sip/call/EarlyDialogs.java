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
import org.ringdown.sip.message.Bodies;
import org.ringdown.sip.stack.StackLog;
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

  private final LegEvents owner;
  private final Function<Dialog, Early> make;
  private final Map<String, Early> byTag = new ConcurrentHashMap<>();
  private final Map<String, Long> lastReliable = new HashMap<>();
  private final Map<String, String> described = new HashMap<>();

  EarlyDialogs(LegEvents owner, Function<Dialog, Early> make) {
    this.owner = owner;
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
   * A provisional response came; a reliable one is acknowledged.
   *
   * @return false if it is to be passed over: a repetition, or not the next in order
   */
  boolean take(Response response, @Nullable Dialog dialog) {
    String tag = ((ToHeader) response.getHeader(ToHeader.NAME)).getTag();
    if (tag == null || dialog == null) {
      return true;
    }
    Early early = of(tag, dialog);
    if (ReliableResponses.isOne(response) && !acknowledge(response, tag, early)) {
      return false;
    }
    String sdp = Bodies.sdp(response);
    if (sdp != null) {
      described.put(tag, sdp);
    }
    return true;
  }

  private boolean acknowledge(Response response, String tag, Early early) {
    long rseq = ((RSeq) response.getHeader(RSeqHeader.NAME)).getSeqNumber();
    Long before = lastReliable.get(tag);
    if (before != null && rseq != before + 1) {
      return false;
    }
    lastReliable.put(tag, rseq);
    if (Bodies.sdp(response) != null) {
      early.usage().renegotiation().firstOfferAnswered();
    }
    try {
      early.path().prack(response, owner);
    } catch (SipException e) {
      LOG.debug("no PRACK could be sent: {}", StackLog.cut(e.getMessage()));
    }
    return true;
  }
}
