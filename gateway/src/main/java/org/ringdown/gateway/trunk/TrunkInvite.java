package org.ringdown.gateway.trunk;

import com.google.common.collect.ImmutableMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.ringdown.gateway.config.Trunk;
import org.ringdown.gateway.config.Trunk.Account;
import org.ringdown.gateway.config.TrunkPolicy;
import org.ringdown.gateway.config.TrunkPolicy.SentIdentity;
import org.ringdown.gateway.config.TrunkPolicy.ShownCaller;
import org.ringdown.sip.message.NameAddress;

/**
 * What the INVITE of a call over a trunk says, by the trunk's policy. Immutable, safe from any
 * thread.
 *
 * @param trunk the trunk
 * @param call what may be told of the call
 */
record TrunkInvite(Trunk trunk, OutgoingCall call) {

  /** Who is shown in From. */
  NameAddress from() {
    if (call.caller().isHidden()) {
      return Caller.ANONYMOUS;
    }
    Account account = trunk.account();
    return policy().from() == ShownCaller.ACCOUNT && account != null
        ? new NameAddress(caller().display(), "sip:" + account.user() + "@" + trunk.server().host())
        : caller();
  }

  private TrunkPolicy.CallerId policy() {
    return trunk.policy().callerId();
  }

  private NameAddress caller() {
    return CallerId.rewritten(call.caller().name(), trunk.policy().numbers().callerOut());
  }

  /**
   * All further header fields.
   *
   * @param target whom the call is for, a URI
   */
  ImmutableMap<String, String> headers(String target) {
    Map<String, String> headers =
        new LinkedHashMap<>(trunk.policy().headers().sent(call.headers()));
    putIdentity(headers);
    putForwarding(headers, target);
    Optional.ofNullable(call.headers().get("Replaces"))
        .ifPresent(value -> headers.put("Replaces", value));
    return ImmutableMap.copyOf(headers);
  }

  /** Who hides is still told to a trunk that gets identities, with the wish to withhold them. */
  private void putIdentity(Map<String, String> headers) {
    if (policy().send() != SentIdentity.NONE) {
      headers.put(
          policy().send() == SentIdentity.ASSERTED ? "P-Asserted-Identity" : "P-Preferred-Identity",
          CallerId.header(caller()));
    }
    switch (call.caller().privacy()) {
      case HIDDEN -> headers.put("Privacy", "id");
      case NONE -> headers.put("Privacy", "none");
      case UNSAID -> {}
    }
  }

  private void putForwarding(Map<String, String> headers, String target) {
    if (policy().forwarded().usesDiversion()) {
      Diversion.header(call.diversions()).ifPresent(value -> headers.put("Diversion", value));
    }
    if (policy().forwarded().usesHistory() && !call.diversions().isEmpty()) {
      headers.put("History-Info", Diversion.history(call.diversions(), target));
    }
  }
}
