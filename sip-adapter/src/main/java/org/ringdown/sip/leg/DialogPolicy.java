package org.ringdown.sip.leg;

import com.google.common.collect.ImmutableList;
import org.jspecify.annotations.Nullable;
import org.ringdown.sip.message.SessionExpires;
import org.ringdown.sip.message.SipMessages;

/**
 * Which extensions of SIP a dialog of ours uses. Immutable, safe from any thread.
 *
 * @param prack whether provisional responses are acknowledged (RFC 3262)
 * @param timer how long a session lasts without a refresh (RFC 4028); null for no session timer
 */
public record DialogPolicy(Prack prack, @Nullable Timer timer) {
  /** What is usual: both can be had, and the peer is asked to refresh. */
  public static final DialogPolicy USUAL =
      new DialogPolicy(Prack.SUPPORTED, new Timer(SessionExpires.USUAL_SECONDS, Refresher.PEER));

  /** Whether provisional responses are acknowledged. */
  public enum Prack {
    /** Never; who insists is refused. */
    OFF,
    /** Where the other side wants it. */
    SUPPORTED,
    /** Always; who cannot is refused. */
    REQUIRED
  }

  /** Who is to refresh a session where the other side leaves it to us to say. */
  public enum Refresher {
    /** The other side. */
    PEER,
    /** We. */
    US
  }

  /**
   * A session timer.
   *
   * @param seconds how long a session lasts without a refresh, at least 90
   * @param refresher who is to refresh it
   */
  public record Timer(int seconds, Refresher refresher) {
    /** The refresher as a request of ours names it. */
    public SessionExpires.Refresher inOurRequest() {
      return refresher == Refresher.US
          ? SessionExpires.Refresher.UAC
          : SessionExpires.Refresher.UAS;
    }

    /** The refresher as a response of ours names it. */
    public SessionExpires.Refresher inOurResponse() {
      return refresher == Refresher.US
          ? SessionExpires.Refresher.UAS
          : SessionExpires.Refresher.UAC;
    }
  }

  /** The option tags for the Supported header; empty for none. */
  public String supported() {
    ImmutableList.Builder<String> tags = ImmutableList.builder();
    if (prack != Prack.OFF) {
      tags.add(SipMessages.RELIABLE);
    }
    if (timer != null) {
      tags.add("timer");
    }
    tags.add("replaces");
    return String.join(", ", tags.build());
  }
}
