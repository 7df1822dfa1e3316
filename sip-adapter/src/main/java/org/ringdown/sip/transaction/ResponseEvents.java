package org.ringdown.sip.transaction;

import javax.sip.ClientTransaction;
import javax.sip.Dialog;
import javax.sip.message.Response;
import org.jspecify.annotations.Nullable;
import org.ringdown.sip.JainListener;

/**
 * What {@link JainListener} tells the sender of a request. Called on JAIN-SIP's threads, in
 * parallel; each call only posts to a mailbox.
 */
public interface ResponseEvents {
  /** A response, with the dialog it belongs to if it makes or has one. */
  void onResponse(Response response, @Nullable Dialog dialog);

  /** No final response to a request of ours within 64*T1. */
  void onTimeout(ClientTransaction transaction);
}
