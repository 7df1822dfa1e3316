package org.ringdown.gateway.bridge.session;

import org.ringdown.gateway.bridge.ring.ForkedLeg;
import org.ringdown.gateway.bridge.talk.CallMedia;
import org.ringdown.gateway.bridge.talk.Conversation;
import org.ringdown.gateway.bridge.transfer.Surrenders;
import org.ringdown.gateway.bridge.transfer.Transfers;

/** What joins the two sides: there once the call has begun. */
record Parts(
    ForkedLeg callee,
    CallMedia media,
    Conversation conversation,
    Transfers transfers,
    Surrenders surrenders) {}
