package org.ringdown.gateway.bridge.leg;

import org.ringdown.gateway.call.CallId;
import org.ringdown.gateway.trunk.Caller;
import org.ringdown.sip.message.NameAddress;

/**
 * What is known of a call from its beginning.
 *
 * @param id its name
 * @param caller who calls
 * @param to what was dialled
 * @param passed what came with it
 */
public record CallFacts(CallId id, Caller caller, String to, Passed passed) {
  /** A call of somebody who does not hide, with nothing further. */
  public CallFacts(CallId id, NameAddress from, String to) {
    this(id, Caller.shown(from), to, Passed.NOTHING);
  }

  /** The caller as the called devices are shown it. */
  public NameAddress from() {
    return caller.shown();
  }
}
