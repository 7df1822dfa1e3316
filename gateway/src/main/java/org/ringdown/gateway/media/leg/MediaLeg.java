package org.ringdown.gateway.media.leg;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import org.jspecify.annotations.Nullable;
import org.ringdown.gateway.media.stream.LegStream;
import org.ringdown.gateway.sdp.line.SdpException;
import org.ringdown.gateway.sdp.stream.MediaStream;

/**
 * The gateway's end of the media of one leg, in the leg's dialect. Not thread-safe: the call's
 * executor; only {@link #tick} and {@link #figures} may come from elsewhere.
 */
public sealed interface MediaLeg permits PlainLeg, BrowserLeg {
  /** Tells the listener of this leg. */
  LegEvents events();

  /** Sets up what these streams need; the gateway can then answer or make an offer with them. */
  void open(ImmutableList<MediaStream> streams) throws MediaException;

  /** Sets up what one more stream needs. */
  void open(int section, MediaStream stream) throws MediaException;

  /** The first offer to the leg, for which it has been opened. */
  String offer(ImmutableList<MediaStream> streams);

  /** Reads an offer of the leg. Nothing changes yet. */
  Received readOffer(String text) throws SdpException;

  /** Reads the leg's answer to {@link #offer}. Nothing changes yet. */
  Received readAnswer(String text) throws SdpException;

  /** What is agreed on, one for each section; empty before that. */
  ImmutableList<MediaStream> agreed();

  /**
   * Less is agreed on from now on; the leg learns of it by the next offer or answer.
   *
   * @return whether that is a change
   */
  boolean narrow(ImmutableList<MediaStream> left);

  /**
   * A new offer of what is agreed on.
   *
   * @param held whether the other side holds the call
   * @throws MediaException if nothing is agreed on
   */
  String offerAgain(boolean held) throws MediaException;

  /**
   * A later offer of what is agreed on, in part in another direction, and of what is added behind
   * it, for which it is opened.
   *
   * @param held whether the other side holds the call
   * @throws MediaException if nothing is agreed on, or no port is left
   */
  String offerAgain(ImmutableList<MediaStream> wanted, boolean held) throws MediaException;

  /** The leg has refused the last offer: what was said before it counts again. */
  void offerRefused();

  /** The streams as the leg was told them last; empty if it was not. */
  ImmutableList<MediaStream> said();

  /** The stream of a section; null if it carries nothing. */
  @Nullable LegStream stream(int section);

  /** All streams that carry something. */
  ImmutableList<LegStream> streams();

  /** To be called now and then: silence and digits without an end are found by it. */
  void tick(long nowNanos);

  /** What is known of the leg. */
  ImmutableMap<String, Object> figures();

  /** A candidate of the peer's, told after its description; only pages have any. */
  default void candidate(String line) {}

  /** Lets go of sockets and transports. Idempotent. */
  void close();

  /** A description of the leg, understood. */
  interface Received {
    /** What it says. */
    ImmutableList<MediaStream> streams();

    /** Whether it is the first offer of another peer connection than before: a page's reload. */
    default boolean beginsAnew() {
      return false;
    }

    /**
     * Puts it into effect.
     *
     * @param agreed what is in use from now on, as the gateway's side says it
     * @return if it was an offer, the text of the answer; the gateway's last words otherwise
     */
    String accept(ImmutableList<MediaStream> agreed);
  }
}
