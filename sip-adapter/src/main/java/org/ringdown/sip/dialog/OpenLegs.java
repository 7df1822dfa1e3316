package org.ringdown.sip.dialog;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.sip.message.Request;
import org.jspecify.annotations.Nullable;
import org.ringdown.sip.leg.Replacing;
import org.ringdown.sip.leg.SipLeg;
import org.ringdown.sip.message.Requests;

/**
 * The legs that are not over, and which dialled leg a From tag belongs to. Safe from any thread.
 */
public final class OpenLegs {
  private final Set<DialogLeg> open = ConcurrentHashMap.newKeySet();
  private final Map<String, LegEvents> byLocalTag = new ConcurrentHashMap<>();

  /** A leg begins. */
  public void add(DialogLeg leg) {
    open.add(leg);
  }

  /** A leg is over. */
  public void over(DialogLeg leg) {
    open.remove(leg);
  }

  /** Who listens to the leg whose dialog is named so; empty if there is none. */
  public Optional<SipLeg.Listener> listenerOf(Replaces name) {
    return open.stream()
        .filter(leg -> leg.callId().equals(name.callId()) && leg.isNamedBy(name))
        .map(DialogLeg::listener)
        .findFirst();
  }

  /** What an INVITE is to take the place of. */
  public Replacing replacing(Request invite) {
    List<String> values = Requests.values(invite, "Replaces");
    if (values.isEmpty()) {
      return new Replacing.Nothing();
    }
    Replaces name = values.size() == 1 ? Replaces.read(values.get(0)) : null;
    if (name == null) {
      return new Replacing.Malformed();
    }
    return listenerOf(name)
        .map(SipLeg.Listener::holder)
        .<Replacing>map(listener -> new Replacing.Dialog(listener, name.earlyOnly()))
        .orElseGet(Replacing.Unknown::new);
  }

  /** How many are not over. */
  public int count() {
    return open.size();
  }

  /** Remembers whose INVITE carries this From tag: a forked 2xx is told by nothing else. */
  public void remember(String localTag, LegEvents leg) {
    byLocalTag.put(localTag, leg);
  }

  /** Nothing more can come for this From tag. */
  public void forget(String localTag) {
    byLocalTag.remove(localTag);
  }

  /** The leg whose INVITE carries this From tag; null if there is none. */
  public @Nullable LegEvents dialledWith(String localTag) {
    return byLocalTag.get(localTag);
  }
}
