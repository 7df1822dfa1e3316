package org.ringdown.gateway.media.join;

import com.google.common.collect.ImmutableList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.ringdown.gateway.media.leg.Dialect;
import org.ringdown.gateway.media.leg.LegFactory;
import org.ringdown.gateway.media.leg.LegRef;
import org.ringdown.gateway.media.leg.MediaException;
import org.ringdown.gateway.media.leg.MediaLeg;
import org.ringdown.gateway.media.leg.MediaListener;
import org.ringdown.gateway.sdp.line.SdpException;
import org.ringdown.gateway.sdp.relay.RelayedOffer;
import org.ringdown.gateway.sdp.stream.MediaStream;

/**
 * The legs of a session, and which of them have been called. Guarded by the session; only {@link
 * #all} may be read elsewhere.
 */
public final class Legs {
  private final LegFactory factory;
  private final MediaListener listener;
  private final Map<String, CalledLeg> called = new LinkedHashMap<>();
  private final List<MediaLeg> all = new CopyOnWriteArrayList<>();

  /** No legs yet. */
  public Legs(LegFactory factory, MediaListener listener) {
    this.factory = factory;
    this.listener = listener;
  }

  /** A leg that is not in the session yet. */
  MediaLeg made(LegRef ref) {
    return factory.leg(ref, listener);
  }

  /** The leg is in the session, if there is room for its streams; else it is closed. */
  void open(MediaLeg leg, ImmutableList<MediaStream> streams) throws MediaException {
    try {
      leg.open(streams);
    } catch (MediaException e) {
      leg.close();
      throw e;
    }
    all.add(leg);
  }

  /** Offers what somebody sends to a new leg. */
  String call(LegRef to, ImmutableList<MediaStream> offered) throws SdpException, MediaException {
    RelayedOffer relayed = relayed(offered, to);
    MediaLeg media = made(to);
    open(media, relayed.streams());
    String text = media.offer(relayed.streams());
    called.put(to.name(), new CalledLeg(media, relayed, text));
    return text;
  }

  /**
   * Makes room for a new leg that is asked for an offer.
   *
   * @param offered what somebody else sends, of which it may have a part
   */
  void ask(LegRef to, ImmutableList<MediaStream> offered, boolean hasOneCodec) throws SdpException {
    RelayedOffer relayed = relayed(offered, to);
    MediaLeg media = made(to);
    all.add(media);
    called.put(to.name(), CalledLeg.asked(media, relayed, hasOneCodec));
  }

  /** An answer that takes nothing of a leg's offer (RFC 3264 section 6). */
  public String refusal(LegRef of, String offer) throws SdpException, MediaException {
    MediaLeg.Received received = leg(of).readOffer(offer);
    return received.accept(
        received.streams().stream()
            .map(stream -> stream.refused("no codec in common"))
            .collect(ImmutableList.toImmutableList()));
  }

  /** The answer to the offer of a called leg that was asked for one. */
  public String answerAsked(LegRef of, String offer) throws SdpException, MediaException {
    CalledLeg leg = called(of);
    if (leg == null) {
      throw MediaException.notAcceptable("an offer of a leg that has not been called");
    }
    return leg.answered(offer);
  }

  /** What somebody offers, as this leg may have it. */
  static RelayedOffer relayed(ImmutableList<MediaStream> offered, LegRef to) throws SdpException {
    return to.dialect() == Dialect.PLAIN
        ? RelayedOffer.toPhone(offered, to.policy())
        : RelayedOffer.toBrowser(offered);
  }

  /** A leg that comes from another session. */
  void moveIn(MediaLeg leg, LegRef as) {
    leg.events().move(as, listener);
    all.add(leg);
  }

  /** From now on this leg counts as called. */
  void add(CalledLeg leg) {
    called.put(leg.media().events().leg().name(), leg);
  }

  /** The leg is not in the session any more; it is not closed. */
  public void remove(MediaLeg leg) {
    called.remove(leg.events().leg().name());
    all.remove(leg);
  }

  /** Closes all legs and forgets them. */
  public void close() {
    all.forEach(MediaLeg::close);
    all.clear();
    called.clear();
  }

  /** All legs, in the order in which they came. From any thread. */
  public Collection<MediaLeg> all() {
    return Collections.unmodifiableCollection(all);
  }

  /** Those that have been called. */
  public Collection<CalledLeg> called() {
    return Collections.unmodifiableCollection(called.values());
  }

  /** The called leg of this name. */
  public @Nullable CalledLeg called(LegRef ref) {
    return called.get(ref.name());
  }

  /** A leg by its name. */
  public Optional<MediaLeg> find(LegRef ref) {
    return all.stream().filter(leg -> leg.events().leg().name().equals(ref.name())).findFirst();
  }

  /** A leg that has to be there. */
  MediaLeg leg(LegRef ref) throws MediaException {
    return find(ref).orElseThrow(() -> MediaException.notAcceptable("a leg not in this call"));
  }
}
