package org.ringdown.gateway.bridge;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.net.InetAddresses;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.ringdown.gateway.bridge.house.Branches;
import org.ringdown.gateway.bridge.house.Devices;
import org.ringdown.gateway.bridge.house.HouseRules;
import org.ringdown.gateway.bridge.reason.BrowserReasons;
import org.ringdown.gateway.call.EndReason;
import org.ringdown.gateway.call.EndReason.Kind;
import org.ringdown.gateway.routing.ExtensionKind;
import org.ringdown.gateway.routing.Origin;
import org.ringdown.gateway.routing.Route;
import org.ringdown.gateway.routing.RouteRefusal;
import org.ringdown.gateway.routing.Unanswered;
import org.ringdown.gateway.routing.address.AddressOfRecord;
import org.ringdown.gateway.sdp.policy.MediaPolicy;
import org.ringdown.gateway.sdp.policy.RelayedCodec;
import org.ringdown.gateway.trunk.TrunkLink;
import org.ringdown.gateway.trunk.Trunks;
import org.ringdown.webrtc.page.WebRtcLeg.Hangup;
import org.ringdown.webrtc.page.WebRtcSession;
import org.ringdown.webrtc.signaling.ReasonCode;

/**
 * What a page's call would find: facts of this moment, no promise. Safe from any thread.
 *
 * @param rules what holds now
 * @param outside what leads out of the house
 * @param media where pages are told to send media, the best address first; each answers STUN
 * @param clock tells which registrations still hold
 */
record Preflight(
    Supplier<HouseRules> rules,
    Devices devices,
    Outside outside,
    ImmutableList<InetSocketAddress> media,
    Clock clock) {
  private static final ImmutableList<RelayedCodec> TONE =
      ImmutableList.of(RelayedCodec.PCMU, RelayedCodec.PCMA);

  /**
   * What leads out of the house.
   *
   * @param lines how it can be tested
   */
  record Outside(Trunks trunks, LineTests lines) {}

  /**
   * The facts, as JSON fields.
   *
   * @param to whom the page would call, empty for nobody in particular
   * @param accepting whether one more call would be taken
   */
  ImmutableMap<String, Object> of(WebRtcSession page, String to, boolean accepting) {
    AddressOfRecord user = new AddressOfRecord(page.user());
    ImmutableMap.Builder<String, Object> facts =
        ImmutableMap.<String, Object>builder()
            .put("user", page.user())
            .put("pages", devices.pagesOf(page.user()).size())
            .put("phones", devices.phonesOf(user, clock.instant()).size())
            .put("mediaPort", media.get(0).getPort())
            .put("stun", media.stream().map(Preflight::stunUri).toList())
            .put("codecs", names(MediaPolicy.PLAIN.soundForBrowsers()))
            .put("lines", lines(Branches.originOf(page)))
            .put("accepting", accepting);
    if (!to.isEmpty()) {
      facts.put("to", reach(page, rules.get().router().route(Branches.originOf(page), to)));
    }
    return facts.buildOrThrow();
  }

  /** The trunks that the page may ask to be tested. */
  private ImmutableList<String> lines(Origin origin) {
    return outside.lines().of(origin).stream()
        .map(TrunkLink::name)
        .collect(ImmutableList.toImmutableList());
  }

  /** RFC 7064. */
  private static String stunUri(InetSocketAddress server) {
    return "stun:" + InetAddresses.toUriString(server.getAddress()) + ":" + server.getPort();
  }

  private static ImmutableList<String> names(ImmutableList<RelayedCodec> codecs) {
    return codecs.stream().map(RelayedCodec::label).collect(ImmutableList.toImmutableList());
  }

  private ImmutableMap<String, Object> reach(WebRtcSession page, Route route) {
    if (route instanceof Route.Refused refused) {
      boolean unknown = refused.reason() == RouteRefusal.NOT_FOUND;
      Kind kind = unknown ? Kind.NOT_FOUND : Kind.FORBIDDEN;
      return unreachable(EndReason.byGateway(kind, refused.explanation()));
    }
    if (route instanceof Route.ToUser callee) {
      return reach(page, ImmutableList.of(callee.user()));
    }
    if (route instanceof Route.ToGroup group) {
      return reach(page, group.users());
    }
    if (route instanceof Route.ToTrunk out) {
      return reach(out);
    }
    if (route instanceof Route.ToSteps steps) {
      return reach(page, steps);
    }
    return reach(((Route.ToExtension) route).kind());
  }

  /** What the first who can be reached would be, or what keeps the first of all. */
  private ImmutableMap<String, Object> reach(WebRtcSession page, Route.ToSteps steps) {
    ImmutableList<ImmutableMap<String, Object>> all =
        Stream.concat(
                steps.steps().stream(), steps.forwards().after(Unanswered.UNAVAILABLE).stream())
            .map(step -> reach(page, step.to()))
            .collect(ImmutableList.toImmutableList());
    return all.stream()
        .filter(found -> Boolean.TRUE.equals(found.get("reachable")))
        .findFirst()
        .orElseGet(() -> all.get(0));
  }

  private ImmutableMap<String, Object> reach(Route.ToTrunk out) {
    TrunkLink trunk = outside.trunks().find(out.trunk()).orElseThrow();
    ImmutableMap<String, Object> found =
        trunk
            .obstacle()
            .map(obstacle -> unreachable(EndReason.byGateway(Kind.UNAVAILABLE, obstacle)))
            .orElseGet(() -> reachable("trunk", trunk.media().soundForBrowsers()).buildOrThrow());
    return ImmutableMap.<String, Object>builder()
        .putAll(found)
        .put("trunk", trunk.standing())
        .buildOrThrow();
  }

  /** An echo comes back as it was sent; the tone is of G.711. */
  private static ImmutableMap<String, Object> reach(ExtensionKind kind) {
    ImmutableList<RelayedCodec> codecs =
        switch (kind) {
          case ECHO -> MediaPolicy.PLAIN.soundForBrowsers();
          case TONE -> TONE;
        };
    return reachable("extension", codecs).buildOrThrow();
  }

  /** A page does not call itself, but another page of its user. */
  private ImmutableMap<String, Object> reach(
      WebRtcSession page, ImmutableList<AddressOfRecord> callees) {
    long pages =
        callees.stream()
            .flatMap(callee -> devices.pagesOf(callee.user()).stream())
            .filter(other -> !other.id().equals(page.id()))
            .count();
    int phones =
        callees.stream().mapToInt(callee -> devices.phonesOf(callee, clock.instant()).size()).sum();
    if (pages + phones == 0) {
      return unreachable(EndReason.byGateway(Kind.UNAVAILABLE, ""));
    }
    MediaPolicy media = phones == 0 ? MediaPolicy.PLAIN : rules.get().phoneMedia();
    return reachable(callees.size() == 1 ? "user" : "group", media.soundForBrowsers())
        .put("pages", pages)
        .put("phones", phones)
        .buildOrThrow();
  }

  /** With the codec of a call if the called side has it, and those that it may take instead. */
  private static ImmutableMap.Builder<String, Object> reachable(
      String kind, ImmutableList<RelayedCodec> codecs) {
    return ImmutableMap.<String, Object>builder()
        .put("reachable", true)
        .put("kind", kind)
        .put("codec", codecs.get(0).label())
        .put("codecs", names(codecs));
  }

  /** In the words in which a call would end. */
  private static ImmutableMap<String, Object> unreachable(EndReason why) {
    Hangup hangup = BrowserReasons.toBrowser(why, EndReason.By.CALLER);
    ReasonCode code = hangup.code();
    return ImmutableMap.of(
        "reachable", false,
        "code", code.code(),
        "text", Objects.requireNonNullElse(hangup.text(), code.sentence()),
        "remedy", Objects.requireNonNullElse(hangup.remedy(), code.remedy()));
  }
}
