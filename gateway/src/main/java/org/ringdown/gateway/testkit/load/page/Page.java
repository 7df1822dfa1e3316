package org.ringdown.gateway.testkit.load.page;

import java.util.concurrent.CompletableFuture;

/** A page as load wants it, whatever gateway it speaks with. Safe from any thread. */
public interface Page extends AutoCloseable {
  /** The user that it signs in as. */
  String user();

  /** Connects and signs in; fails with what went wrong. */
  CompletableFuture<Void> signIn();

  /** Who hears of its calls from the next moment on. */
  void listen(Listener listener);

  /** Calls; returns the call's name. */
  String call(String to, String sdp);

  /** Answers the call that came in. */
  void answer(String call, String sdp);

  /** Ends a call that is up, or is not yet. */
  void hangUp(String call);

  /** Whether it can have several calls. */
  boolean manyCalls();

  @Override
  void close();

  /** Hears of calls, in order; must not block. Nanos as {@link System#nanoTime} has them. */
  interface Listener {
    /** A call came in. */
    void onIncoming(String call, String sdp, long nanos);

    /** The answer to our offer. */
    void onAnswer(String call, String sdp);

    /** The called side has picked up. */
    void onAccepted(String call, long nanos);

    /** A candidate of the gateway's, as it stands behind {@code candidate:}. */
    void onCandidate(String call, String candidate);

    /** The call is over, or never was. */
    void onEnded(String call, String why);

    /** The connection is gone. */
    void onLost(String why);
  }
}
