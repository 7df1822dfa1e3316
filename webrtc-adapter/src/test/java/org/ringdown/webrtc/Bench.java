package org.ringdown.webrtc;

import com.google.common.base.Ticker;
import com.google.common.collect.ImmutableList;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.ringdown.webrtc.signaling.MessageCodec;
import org.ringdown.webrtc.signaling.SignalingSession;

/** Everything behind the socket, on one thread and in virtual time. */
final class Bench {
  private static final int SLOW = 20;
  private static final int FAST = 10_000;

  static final SessionSettings.Limits LIMITS =
      new SessionSettings.Limits(
          Duration.ofSeconds(10),
          Duration.ofMillis(500),
          3,
          5,
          4,
          2,
          50_000,
          Duration.ofSeconds(20),
          new SignalingSession.Limits(20, 10_000, 4));

  final FakeTimers timers = new FakeTimers();
  final ScriptedHandler handler = new ScriptedHandler();
  private final SessionSettings settings =
      new SessionSettings(
          config(null, null, null, SLOW),
          LIMITS,
          new MessageCodec(1_000),
          timers,
          new Ticker() {
            @Override
            public long read() {
              return timers.now().toNanos();
            }
          },
          Runnable::run);
  final Sessions sessions = new Sessions(settings, handler);
  private final Visitors visitors = new Visitors(settings);

  /** A page's socket, open. */
  FakeSocket connect() {
    FakeSocket socket = new FakeSocket();
    socket.heardBy(new PageConnection(socket, sessions, settings, handler, visitors));
    return socket;
  }

  /** Small limits, so that tests reach them; but pages may talk as fast as they can. */
  static WebRtcConfig config(
      @Nullable InetSocketAddress http, @Nullable InetSocketAddress https, @Nullable Path keys) {
    return config(http, https, keys, FAST);
  }

  private static WebRtcConfig config(
      @Nullable InetSocketAddress http,
      @Nullable InetSocketAddress https,
      @Nullable Path keys,
      int messagesPerSecond) {
    return new WebRtcConfig(
        http,
        https,
        keys,
        "changeit",
        ImmutableList.of("localhost", "127.0.0.1"),
        ImmutableList.of("https://pages.example"),
        new WebRtcConfig.Grace(Duration.ofSeconds(60), Duration.ofSeconds(5)),
        Duration.ofSeconds(10),
        new WebRtcConfig.Limits(1_000, 2, 3, 4, 10, messagesPerSecond),
        new WebRtcConfig.Expiry(Duration.ofSeconds(30), false),
        user ->
            ImmutableList.of(
                new WebRtcConfig.IceServer(ImmutableList.of("stun:gw.example:3478"), null, null)));
  }
}
