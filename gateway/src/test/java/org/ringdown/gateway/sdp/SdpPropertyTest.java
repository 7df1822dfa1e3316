package org.ringdown.gateway.sdp;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.net.InetAddresses;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.ringdown.gateway.sdp.WebRtcSdp.Setup;
import org.ringdown.gateway.sdp.line.SdpException;
import org.ringdown.gateway.sdp.line.SessionDescription;
import org.ringdown.gateway.sdp.relay.RelayedAnswer;
import org.ringdown.gateway.sdp.relay.RelayedOffer;
import org.ringdown.gateway.sdp.stream.Codec;
import org.ringdown.gateway.sdp.stream.Direction;
import org.ringdown.gateway.sdp.stream.MediaStream;
import org.ringdown.gateway.sdp.stream.PayloadMap;

/** What holds for any text and any streams. */
final class SdpPropertyTest {
  private static final int TRIES = 300;
  private static final ImmutableList<Codec> AUDIO =
      ImmutableList.of(
          Codec.of(111, "opus", 48000).withChannels(2).withFmtp("useinbandfec=1"),
          Codec.of(9, "G722", 8000),
          Codec.of(0, "PCMU", 8000),
          Codec.of(8, "PCMA", 8000),
          Codec.of(18, "G729", 8000),
          Codec.of(101, "telephone-event", 8000).withFmtp("0-15"),
          Codec.of(110, "telephone-event", 48000));
  private static final ImmutableList<Codec> VIDEO =
      ImmutableList.of(
          Codec.of(111, "VP8", 90000).withFeedback(ImmutableList.of("nack pli", "transport-cc")),
          Codec.of(98, "VP9", 90000).withFmtp("profile-id=0"),
          Codec.of(102, "H264", 90000).withFmtp("profile-level-id=42e01f;packetization-mode=1"),
          Codec.of(104, "H264", 90000).withFmtp("profile-level-id=42e01f"));

  @Property(tries = TRIES)
  void noTextMakesAReaderFailOtherwiseThanSaid(@ForAll("texts") String text) {
    try {
      assertThat(SessionDescription.parse(text)).hasToString(text);
      PlainSdp.read(text).write(1, 1);
      WebRtcSdp.read(text).write(1, 1);
    } catch (SdpException e) {
      assertThat(e.getMessage()).matches("[ -~&&[^\"\\\\]]{1,300}");
    }
  }

  @Property(tries = TRIES)
  void noTextMakesTheRelayFailOtherwiseThanSaid(@ForAll("texts") String text) {
    try {
      ImmutableList<MediaStream> streams = PlainSdp.read(text).streams();
      RelayedOffer relayed = RelayedOffer.toBrowser(streams);
      WebRtcSdp sent = WebRtcSdp.offer(relayed.streams(), WebRtcSdpTest.local(Setup.ACTPASS));
      assertSame(sent);
    } catch (SdpException e) {
      assertThat(e.getMessage()).matches("[ -~&&[^\"\\\\]]{1,600}");
    }
  }

  @Property(tries = TRIES)
  void whatIsWrittenForAPhoneIsReadBackAsTheSame(@ForAll("offers") List<MediaStream> streams)
      throws SdpException {
    PlainSdp offer = PlainSdp.offer(streams, addresses(streams));
    PlainSdp answer = offer.answer(streams, addresses(streams));

    assertThat(PlainSdp.read(offer.write(1, 1))).isEqualTo(offer);
    assertThat(PlainSdp.read(answer.write(1, 1))).isEqualTo(answer);
  }

  @Property(tries = TRIES)
  void whatIsWrittenForABrowserIsReadBackAsTheSame(@ForAll("offers") List<MediaStream> streams)
      throws SdpException {
    WebRtcSdp offer = WebRtcSdp.offer(streams, WebRtcSdpTest.local(Setup.ACTPASS));
    WebRtcSdp answer = offer.answer(offer.streams(), WebRtcSdpTest.local(Setup.PASSIVE));

    assertSame(offer);
    assertSame(answer);
  }

  /** But for the origin, which what we write ourselves does not have yet. */
  private static void assertSame(WebRtcSdp written) throws SdpException {
    assertThat(WebRtcSdp.read(written.write(1, 1)))
        .usingRecursiveComparison()
        .ignoringFields("origin")
        .isEqualTo(written);
  }

  @Property(tries = TRIES)
  void payloadTypesAreUniqueOverAllStreamsOfABrowsersOffer(
      @ForAll("offers") List<MediaStream> streams) {
    assertThat(relayed(streams).streams())
        .flatExtracting(MediaStream::codecs)
        .extracting(Codec::payloadType)
        .isNotEmpty()
        .doesNotHaveDuplicates();
  }

  @Property(tries = TRIES)
  void anAnswerHasTheOffersSectionsAPartOfItsFormatsAndTheMirroredDirection(
      @ForAll("offers") List<MediaStream> offered, @ForAll("offers") List<MediaStream> other) {
    RelayedAnswer agreed = agreed(offered, other);

    assertThat(agreed.callerStreams()).hasSameSizeAs(offered);
    for (int i = 0; i < offered.size(); i++) {
      MediaStream offer = offered.get(i);
      MediaStream answer = agreed.callerStreams().get(i);
      assertThat(answer.kind()).isEqualTo(offer.kind());
      assertThat(offer.formats()).containsAll(answer.formats());
      for (Codec codec : answer.codecs()) {
        assertThat(offer.codecs())
            .filteredOn(offers -> offers.payloadType() == codec.payloadType())
            .singleElement()
            .matches(codec::matches);
      }
      assertThat(answer.direction().and(offer.direction().reversed()))
          .isEqualTo(answer.direction());
      assertThat(answer.refused()).isEqualTo(answer.codecs().isEmpty());
    }
  }

  @Property(tries = TRIES)
  void aPayloadMapIsABijectionBetweenTheAgreedCodecs(
      @ForAll("offers") List<MediaStream> offered, @ForAll("offers") List<MediaStream> other) {
    for (RelayedAnswer.Pair pair : agreed(offered, other).pairs()) {
      PayloadMap payloads = pair.payloads();
      List<Integer> mapped =
          IntStream.range(0, 128).filter(pt -> payloads.toCallee(pt) >= 0).boxed().toList();
      assertThat(mapped)
          .isNotEmpty()
          .allMatch(pt -> payloads.toCaller(payloads.toCallee(pt)) == pt);
      assertThat(mapped.stream().map(payloads::toCallee)).doesNotHaveDuplicates();
    }
  }

  private static RelayedOffer relayed(List<MediaStream> offered) {
    try {
      return RelayedOffer.toBrowser(offered);
    } catch (SdpException e) {
      throw new AssertionError(e);
    }
  }

  /** The called leg takes of its offer what it has in common with other streams. */
  private static RelayedAnswer agreed(List<MediaStream> offered, List<MediaStream> other) {
    RelayedOffer relayed = relayed(offered);
    List<MediaStream> answer = new ArrayList<>();
    for (int i = 0; i < relayed.streams().size(); i++) {
      MediaStream sent = relayed.streams().get(i);
      MediaStream taken = sent.withCodecs(taken(sent, other.get(i % other.size())));
      answer.add(taken.codecs().isEmpty() ? sent.refused("port 0") : taken);
    }
    try {
      return relayed.answered(answer);
    } catch (SdpException e) {
      throw new AssertionError(e);
    }
  }

  /** PCMU is always among it, so that there is an agreement. */
  private static ImmutableList<Codec> taken(MediaStream sent, MediaStream other) {
    return sent.codecs().stream()
        .filter(codec -> codec.is("PCMU") || other.codecs().stream().anyMatch(codec::matches))
        .collect(ImmutableList.toImmutableList());
  }

  private static List<InetSocketAddress> addresses(List<MediaStream> streams) {
    return IntStream.range(0, streams.size())
        .mapToObj(i -> new InetSocketAddress(InetAddresses.forString("192.0.2.1"), 4_000 + 2 * i))
        .toList();
  }

  /** Audio with at least PCMU, perhaps with video behind it. */
  @Provide
  Arbitrary<List<MediaStream>> offers() {
    Arbitrary<ImmutableList<Codec>> audio =
        some(AUDIO).map(codecs -> codecs.contains(AUDIO.get(2)) ? codecs : with(codecs));
    return Combinators.combine(
            stream(MediaStream.Kind.AUDIO, audio),
            stream(MediaStream.Kind.VIDEO, some(VIDEO)),
            Arbitraries.of(true, false))
        .as((sound, picture, both) -> both ? List.of(sound, picture) : List.of(sound));
  }

  private static ImmutableList<Codec> with(ImmutableList<Codec> codecs) {
    return ImmutableList.<Codec>builder().addAll(codecs).add(AUDIO.get(2)).build();
  }

  private static Arbitrary<ImmutableList<Codec>> some(ImmutableList<Codec> codecs) {
    return Arbitraries.shuffle(codecs)
        .flatMap(
            shuffled ->
                Arbitraries.integers()
                    .between(1, shuffled.size())
                    .map(size -> ImmutableList.copyOf(shuffled.subList(0, size))));
  }

  private static Arbitrary<MediaStream> stream(
      MediaStream.Kind kind, Arbitrary<ImmutableList<Codec>> codecs) {
    return Combinators.combine(
            codecs, Arbitraries.of(Direction.values()), Arbitraries.of(10, 20, 60))
        .as(
            (list, direction, ptime) ->
                new MediaStream(kind, null, direction, list, ptime, 0, null));
  }

  /**
   * Real descriptions with a piece cut out, put in or doubled, and a few that are no SDP at all.
   */
  @Provide
  Arbitrary<String> texts() {
    Arbitrary<String> real = Arbitraries.of(SdpFiles.all().map(SdpFiles::text).toList());
    Arbitrary<String> piece =
        Arbitraries.oneOf(
            Arbitraries.strings().ofMaxLength(12),
            Arbitraries.of(
                "\r\n", "\n", "\0", " ", ":", "-1", "128", "99999999999", "m=", "a=rtpmap:", "/"));
    Arbitrary<String> mutated =
        Combinators.combine(
                real,
                Arbitraries.doubles().between(0, 1),
                Arbitraries.integers().between(0, 40),
                piece,
                Arbitraries.integers().between(1, 3))
            .as(SdpPropertyTest::mutated);
    return Arbitraries.frequencyOf(
        Tuple.of(9, mutated), Tuple.of(1, Arbitraries.strings().ofMaxLength(300)));
  }

  private static String mutated(String text, double at, int cut, String piece, int times) {
    int start = (int) (at * text.length());
    int end = Math.min(text.length(), start + cut);
    return text.substring(0, start) + piece.repeat(times) + text.substring(end);
  }
}
