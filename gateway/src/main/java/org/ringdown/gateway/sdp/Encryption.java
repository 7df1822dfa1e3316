package org.ringdown.gateway.sdp;

import com.google.common.collect.ImmutableList;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.ringdown.gateway.sdp.PlainSdp.Section;
import org.ringdown.gateway.sdp.policy.SrtpPolicy;
import org.ringdown.gateway.sdp.sdes.CryptoAttribute;

/** What of a phone's description may be used as far as its encryption goes (RFC 4568). */
final class Encryption {
  private final ImmutableList<Section> sections;

  Encryption(ImmutableList<Section> sections) {
    this.sections = sections;
  }

  ImmutableList<Section> under(SrtpPolicy policy) {
    return switch (policy) {
      case OFF -> map(Encryption::plain);
      case OPTIONAL -> map(this::bestOfItsKind);
      case REQUIRED -> map(Encryption::encrypted);
    };
  }

  private ImmutableList<Section> map(UnaryOperator<Section> rule) {
    return sections.stream()
        .map(section -> section.stream().refused() ? section : rule.apply(section))
        .collect(ImmutableList.toImmutableList());
  }

  private static Section plain(Section section) {
    return isSecure(section)
        ? section.refused("RTP/SAVP is refused because SRTP is off here")
        : section.withKeys(ImmutableList.of());
  }

  private static Section encrypted(Section section) {
    return section.keys().isEmpty()
        ? section.refused("SRTP is required here and there is no a=crypto that is known")
        : section;
  }

  /** Some phones say each stream twice, with RTP/SAVP and with RTP/AVP, for a peer to choose. */
  private Section bestOfItsKind(Section section) {
    boolean better =
        section.keys().isEmpty()
            && sections.stream()
                .filter(other -> !other.stream().refused() && isSecure(other))
                .anyMatch(other -> other.stream().kind() == section.stream().kind());
    return better ? section.refused("its RTP/SAVP twin is taken") : section;
  }

  private static boolean isSecure(Section section) {
    return section.line().protocol().toUpperCase(Locale.ROOT).startsWith("RTP/SAVP");
  }

  /**
   * Of each answered section the key that belongs to an offered one (RFC 4568 section 5.1.3).
   *
   * @param offered the keys of each section of the offer
   */
  ImmutableList<Section> answering(ImmutableList<ImmutableList<CryptoAttribute>> offered) {
    ImmutableList.Builder<Section> fitting = ImmutableList.builder();
    for (int i = 0; i < sections.size(); i++) {
      fitting.add(
          fitting(sections.get(i), i < offered.size() ? offered.get(i) : ImmutableList.of()));
    }
    return fitting.build();
  }

  private static Section fitting(Section section, ImmutableList<CryptoAttribute> offered) {
    Optional<CryptoAttribute> key =
        section.keys().stream()
            .filter(
                answered ->
                    offered.stream()
                        .anyMatch(
                            ours ->
                                ours.tag() == answered.tag() && ours.suite() == answered.suite()))
            .findFirst();
    boolean misfit = !section.keys().isEmpty() && key.isEmpty();
    return misfit
        ? section.refused("its a=crypto answers none that was offered")
        : section.withKeys(key.stream().collect(ImmutableList.toImmutableList()));
  }
}
