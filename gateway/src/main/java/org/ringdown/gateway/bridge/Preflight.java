package org.ringdown.gateway.bridge;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.time.Clock;
import java.util.stream.Stream;
import org.ringdown.gateway.call.EndReason.Kind;
import org.ringdown.gateway.routing.AddressOfRecord;
import org.ringdown.gateway.routing.Route;
import org.ringdown.gateway.routing.RouteRefusal;
import org.ringdown.gateway.routing.Router;
import org.ringdown.gateway.routing.Unanswered;
import org.ringdown.gateway.sdp.Codec;
import org.ringdown.gateway.sdp.MediaStream;
import org.ringdown.gateway.trunk.TrunkLink;
import org.ringdown.gateway.trunk.Trunks;
import org.ringdown.webrtc.WebRtcSession;
import org.ringdown.webrtc.signaling.ReasonCode;

/**
 * What a page's call would find: facts of this moment, no promise. Safe from any thread.
 *
 * @param trunks what leads out of the house
 * @param mediaPort the UDP port for the media of pages, which answers STUN
 * @param clock tells which registrations still hold
 */
record Preflight(Router router, Devices devices, Trunks trunks, int mediaPort, Clock clock) {

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
            .put("mediaPort", mediaPort)
            .put("codecs", codecs())
            .put("accepting", accepting);
    if (!to.isEmpty()) {
      facts.put("to", reach(page, router.route(PageSide.originOf(page), to)));
    }
    return facts.buildOrThrow();
  }

  private static ImmutableList<String> codecs() {
    return MediaStream.audio().codecs().stream()
        .filter(codec -> !codec.isTelephoneEvent())
        .map(Codec::name)
        .collect(ImmutableList.toImmutableList());
  }

  private ImmutableMap<String, Object> reach(WebRtcSession page, Route route) {
    if (route instanceof Route.Refused refused) {
      boolean unknown = refused.reason() == RouteRefusal.NOT_FOUND;
      return unreachable(
          BrowserReasons.codeOf(unknown ? Kind.NOT_FOUND : Kind.FORBIDDEN), refused.explanation());
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
    return ImmutableMap.of("reachable", true, "kind", "extension");
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
    return trunks
        .find(out.trunk())
        .flatMap(TrunkLink::obstacle)
        .map(obstacle -> unreachable(ReasonCode.UNAVAILABLE, obstacle))
        .orElseGet(() -> ImmutableMap.of("reachable", true, "kind", "trunk"));
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
      return unreachable(ReasonCode.UNAVAILABLE, ReasonCode.UNAVAILABLE.sentence());
    }
    String kind = callees.size() == 1 ? "user" : "group";
    return ImmutableMap.of("reachable", true, "kind", kind, "pages", pages, "phones", phones);
  }

  private static ImmutableMap<String, Object> unreachable(ReasonCode code, String text) {
    return ImmutableMap.of(
        "reachable", false, "code", code.code(), "text", text, "remedy", code.remedy());
  }
}
