package org.ringdown.gateway.config;

import org.jspecify.annotations.Nullable;
import org.ringdown.gateway.routing.Rewriting;
import org.ringdown.sip.leg.DialogPolicy;

/**
 * What passes between the gateway and a trunk, and how it is written there. Immutable, safe from
 * any thread.
 *
 * @param callerId who is shown and believed to call
 * @param numbers how numbers are written there
 * @param headers which header fields pass
 * @param limits how many calls there may be
 * @param handling what becomes of its calls
 * @param dialogs which extensions of SIP its calls use
 */
public record TrunkPolicy(
    CallerId callerId,
    Numbers numbers,
    HeaderPolicy headers,
    Limits limits,
    Handling handling,
    DialogPolicy dialogs) {

  /** What holds for a trunk that says nothing but whom it shows. */
  public static TrunkPolicy of(ShownCaller shown) {
    return new TrunkPolicy(
        new CallerId(shown, SentIdentity.NONE, false, Forwarding.NONE),
        Numbers.NONE,
        HeaderPolicy.NONE,
        Limits.NONE,
        Handling.USUAL,
        DialogPolicy.USUAL);
  }

  /**
   * Who calls.
   *
   * @param from whom the called party is shown
   * @param send how the caller's identity goes with a call
   * @param trust whether the trunk's P-Asserted-Identity is believed (RFC 3325 section 5)
   * @param forwarded how it is said, and understood, that a call was forwarded
   */
  public record CallerId(
      ShownCaller from, SentIdentity send, boolean trust, Forwarding forwarded) {}

  /** Whom the called party is shown as the caller (RFC 3261 section 20.20). */
  public enum ShownCaller {
    /** The trunk's own account, with the caller's display name. */
    ACCOUNT,
    /** The caller by its name or number here. */
    CALLER
  }

  /** How the caller's identity goes with a call. */
  public enum SentIdentity {
    /** Not at all. */
    NONE,
    /** As P-Asserted-Identity, to a trunk that trusts us (RFC 3325 section 9.1). */
    ASSERTED,
    /** As P-Preferred-Identity, to a trunk that asserts by itself (RFC 3325 section 9.2). */
    PREFERRED
  }

  /** How it is said that a call was forwarded. */
  public enum Forwarding {
    /** Not at all. */
    NONE,
    /** By Diversion (RFC 5806). */
    DIVERSION,
    /** By History-Info (RFC 7044). */
    HISTORY,
    /** By both. */
    BOTH;

    /** Whether Diversion is used. */
    public boolean usesDiversion() {
      return this == DIVERSION || this == BOTH;
    }

    /** Whether History-Info is used. */
    public boolean usesHistory() {
      return this == HISTORY || this == BOTH;
    }
  }

  /**
   * How numbers are written there, for each kind of number.
   *
   * @param dialledIn numbers that calls from there want
   * @param dialledOut numbers that calls to there want
   * @param callerIn numbers of callers from there
   * @param callerOut numbers of callers that are shown there
   * @param test what a user dials to test the line; null if there is no such number
   */
  public record Numbers(
      Rewriting dialledIn,
      Rewriting dialledOut,
      Rewriting callerIn,
      Rewriting callerOut,
      @Nullable String test) {
    /** All numbers pass as they are. */
    public static final Numbers NONE =
        new Numbers(Rewriting.NONE, Rewriting.NONE, Rewriting.NONE, Rewriting.NONE, null);
  }

  /**
   * How many calls there may be, those from there and those to there together.
   *
   * @param calls at once; null for as many as the gateway takes
   * @param callsPerSecond begun within any second; null for any number
   */
  public record Limits(@Nullable Integer calls, @Nullable Integer callsPerSecond) {
    /** No limits. */
    public static final Limits NONE = new Limits(null, null);
  }

  /**
   * What becomes of a trunk's calls.
   *
   * @param earlyMedia of its sound before the answer
   * @param transfer of a call from or to there that is transferred to a number there
   * @param offer of a call to there
   */
  public record Handling(EarlyMedia earlyMedia, Transfer transfer, Offer offer) {
    /** Early media pass, the gateway transfers, and offers. */
    public static final Handling USUAL =
        new Handling(EarlyMedia.PASS, Transfer.BRIDGE, Offer.EARLY);
  }

  /** When a called trunk and the gateway tell each other of the media. */
  public enum Offer {
    /** The INVITE offers, and the trunk answers. */
    EARLY,
    /** The INVITE has no SDP: the trunk offers in its answer, or before it, and is answered. */
    LATE
  }

  /** Who calls the target of a transfer that is behind the same trunk as the one who stays. */
  public enum Transfer {
    /** The gateway, which stays in the path. */
    BRIDGE,
    /** The trunk, by REFER; the gateway where the trunk does not do it. */
    REFER,
    /** The same, of a trunk that names REFER in Allow; else the gateway. */
    AUTO
  }

  /** What becomes of a trunk's sound before the answer. */
  public enum EarlyMedia {
    /** The caller hears it. */
    PASS,
    /** It is as if it were not sent. */
    IGNORE,
    /** It is taken as a sign that the called party's phone rings. */
    RING
  }
}
