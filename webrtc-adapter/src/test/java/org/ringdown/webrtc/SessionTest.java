package org.ringdown.webrtc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableMap;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.ringdown.webrtc.page.WebRtcLeg;
import org.ringdown.webrtc.page.WebRtcSession;

/** What a conversation on one socket cannot show: time, several sockets, limits. */
final class SessionTest {
  private static final String HELLO =
      "{\"type\":\"hello\",\"id\":\"h\",\"user\":\"alice\",\"password\":\"secret\"}";
  private static final String WRONG =
      "{\"type\":\"hello\",\"id\":\"h\",\"user\":\"alice\",\"password\":\"guess\"}";

  private final Bench bench = new Bench();

  @Test
  void aSocketThatSaysNoHelloIsClosed() {
    FakeSocket socket = bench.connect();
    bench.timers.pass(Duration.ofSeconds(9));
    assertThat(socket.closing).isNull();
    bench.timers.pass(Duration.ofSeconds(1));
    assertThat(socket.closing).isEqualTo("1008 no hello in time");
  }

  @Test
  void whoIsToldToBeSignedInCanBeCalled() {
    FakeSocket socket = bench.connect();
    List<String> toldBefore = new ArrayList<>();
    bench.handler.whenOpened = () -> toldBefore.addAll(socket.sent);

    socket.deliver(HELLO);

    assertThat(bench.handler.heard).anyMatch(event -> event.startsWith("opened alice"));
    assertThat(toldBefore).isEmpty();
    assertThat(socket.sent).hasSize(2);
  }

  @Test
  void aSocketThatLeavesTwoPingsUnansweredIsDroppedAndItsSessionStays() {
    FakeSocket socket = signedIn();
    bench.timers.pass(Duration.ofSeconds(10));
    assertThat(socket.pings).isEqualTo(1);
    bench.timers.pass(Duration.ofMillis(4_900));
    assertThat(socket.pings).isEqualTo(2);
    assertThat(socket.gone).isFalse();
    bench.timers.pass(Duration.ofMillis(100));
    assertThat(socket.gone).isTrue();
    assertThat(bench.sessions.size()).isEqualTo(1);
  }

  @Test
  void aPongOrAnyFrameKeepsTheSocket() {
    FakeSocket socket = signedIn();
    for (int i = 0; i < 10; i++) {
      bench.timers.pass(Duration.ofSeconds(4));
      socket.pong();
      bench.timers.pass(Duration.ofSeconds(4));
      socket.deliver("{\"type\":\"ack\",\"ack\":1}");
    }
    assertThat(socket.gone).isFalse();
  }

  @Test
  void theNewSocketTakesTheSessionFromTheOldOne() {
    FakeSocket old = signedIn();
    String welcome = old.sent.stream().skip(1).findFirst().orElseThrow();
    FakeSocket fresh = bench.connect();
    fresh.answersPings = true;
    fresh.deliver(resume(welcome));
    assertThat(old.closing).isEqualTo("4001 resumed by another connection");
    old.deliver("{\"type\":\"goodbye\",\"id\":\"1\"}");
    old.disconnect();
    bench.timers.pass(Duration.ofSeconds(25));
    assertThat(bench.sessions.size()).isEqualTo(1);
    assertThat(fresh.gone).isFalse();
  }

  @Test
  void graceTimeBeginsAnewWithEveryLoss() {
    FakeSocket socket = signedIn();
    String welcome = socket.sent.stream().skip(1).findFirst().orElseThrow();
    for (int i = 0; i < 3; i++) {
      socket.disconnect();
      bench.timers.pass(Duration.ofSeconds(50));
      socket = bench.connect();
      socket.deliver(resume(welcome));
      assertThat(socket.sent).isNotEmpty();
    }
    assertThat(bench.sessions.size()).isEqualTo(1);
  }

  @Test
  void afterTheLastSessionNoTimerIsLeft() {
    signedIn().deliver("{\"type\":\"goodbye\",\"id\":\"1\"}");
    FakeSocket lost = signedIn();
    lost.disconnect();
    FakeSocket silent = bench.connect();
    silent.disconnect();
    bench.timers.pass(Duration.ofSeconds(60));
    assertThat(bench.sessions.size()).isZero();
    assertThat(bench.timers.pending()).as("the pings of the socket that said goodbye").isZero();
    assertThat(bench.handler.sessions).isEmpty();
  }

  @Test
  void aFailedSignInIsAnsweredLateAndTheThirdEndsTheSocket() {
    FakeSocket socket = bench.connect();
    for (int i = 0; i < 3; i++) {
      socket.deliver(WRONG);
      assertThat(socket.demanded).as("no other try meanwhile").isZero();
      assertThat(socket.sent).hasSize(i);
      bench.timers.pass(Duration.ofMillis(500));
      assertThat(socket.sent).hasSize(i + 1);
    }
    assertThat(socket.closing).isEqualTo("1008 too many failed sign-ins");
  }

  @Test
  void anAddressThatKeepsGuessingHasToWaitEvenWithTheRightPassword() {
    for (int i = 0; i < 5; i++) {
      bench.connect().deliver(WRONG);
      bench.timers.pass(Duration.ofMillis(500));
    }
    FakeSocket socket = bench.connect();
    socket.deliver(HELLO);
    assertThat(socket.next()).contains("\"code\":\"overloaded\"");
    bench.timers.pass(Duration.ofMinutes(1));
    FakeSocket later = signedIn();
    assertThat(later.sent).hasSize(2);
  }

  @Test
  void aPageThatTalksTooFastIsToldAndThenCutOff() {
    FakeSocket socket = signedIn();
    socket.sent.clear();
    for (int i = 0; i < 39; i++) {
      socket.deliver("{\"type\":\"ack\",\"ack\":1}");
    }
    assertThat(socket.sent).isEmpty();
    for (int i = 0; i < Bench.LIMITS.errorsInARow(); i++) {
      assertThat(socket.closing).isNull();
      socket.deliver("{\"type\":\"hangup\",\"id\":\"x" + i + "\",\"call\":\"p\"}");
      assertThat(socket.next()).contains("\"id\":\"x" + i, "\"code\":\"overloaded\"");
    }
    assertThat(socket.closing).isEqualTo("1008 too many errors in a row");
  }

  @Test
  void aPageThatSlowsDownIsHeardAgain() {
    FakeSocket socket = signedIn();
    for (int i = 0; i < 40; i++) {
      socket.deliver("{\"type\":\"ack\",\"ack\":1}");
    }
    assertThat(socket.sent).last().asString().contains("overloaded");
    bench.timers.pass(Duration.ofSeconds(1));
    for (int i = 0; i < 20; i++) {
      socket.deliver("{\"type\":\"ack\",\"id\":\"a" + i + "\",\"ack\":1}");
    }
    assertThat(socket.sent).last().isEqualTo("{\"type\":\"ok\",\"id\":\"a19\"}");
  }

  @Test
  void anAddressHasSoManySocketsAndNoMore() {
    List<FakeSocket> sockets = Stream.generate(bench::connect).limit(10).toList();
    assertThat(bench.connect().closing).isEqualTo("1013 too many sockets from this address");
    sockets.get(0).disconnect();
    assertThat(bench.connect().closing).isNull();
  }

  @Test
  void aUserHasSoManySessionsAndCallsAndNoMore() {
    List<FakeSocket> pages = Stream.generate(this::signedIn).limit(4).toList();
    FakeSocket more = signedIn();
    assertThat(more.next()).contains("\"code\":\"overloaded\"", "as many sessions as may be");
    pages.subList(0, 3).forEach(SessionTest::call);
    pages.get(3).sent.clear();
    call(pages.get(3));
    assertThat(pages.get(3).sent).last().asString().contains("\"code\":\"overloaded\"");
    pages.get(0).deliver("{\"type\":\"goodbye\",\"id\":\"2\"}");
    pages
        .get(3)
        .deliver("{\"type\":\"call\",\"id\":\"2\",\"call\":\"q\",\"to\":\"1\",\"sdp\":\"v\"}");
    assertThat(pages.get(3).sent).last().isEqualTo("{\"type\":\"ok\",\"id\":\"2\"}");
    assertThat(signedIn().sent).hasSize(2);
  }

  @Test
  void aPageThatNeverAcknowledgesLosesItsSession() {
    FakeSocket socket = signedIn();
    call(socket);
    WebRtcLeg leg = bench.handler.legs.get("p");
    assertThat(leg).isNotNull();
    for (int i = 0; i < 20; i++) {
      leg.dtmf('1', 100);
    }
    assertThat(bench.sessions.size()).isZero();
    assertThat(bench.handler.heard).endsWith("p onLost", "closed alice");
    assertThat(socket.sent)
        .last()
        .asString()
        .contains("\"type\":\"goodbye\"", "\"reason\":\"overloaded\"");
    assertThat(socket.closing).isEqualTo("1008 too many unacknowledged events");
  }

  @Test
  void aPageThatIsAwayTooLongForItsEventsLosesItsSession() {
    FakeSocket socket = signedIn();
    call(socket);
    socket.disconnect();
    WebRtcLeg leg = bench.handler.legs.get("p");
    assertThat(leg).isNotNull();
    leg.media(WebRtcLeg.MediaState.LOST, ImmutableMap.of("x", "y".repeat(10_000)), null);
    assertThat(bench.sessions.size()).isZero();
    assertThat(bench.timers.pending()).isZero();
  }

  @Test
  void goingDownSaysGoodbyeToEveryPage() {
    FakeSocket socket = signedIn();
    bench.sessions.closeAll(Ending.SHUTTING_DOWN, Duration.ofSeconds(1));
    assertThat(socket.sent)
        .last()
        .isEqualTo(
            "{\"type\":\"goodbye\",\"seq\":2,\"reason\":\"shutting-down\","
                + "\"reconnectAfterMs\":3000}");
    assertThat(socket.closing).isEqualTo("1001 shutting down");
    assertThat(bench.handler.heard).endsWith("closed alice");
  }

  @Test
  void aCallForASessionThatIsOverIsLost() {
    FakeSocket socket = signedIn();
    WebRtcSession session = bench.handler.sessions.get(0);
    socket.deliver("{\"type\":\"goodbye\",\"id\":\"1\"}");
    bench.handler.sessions.add(session);
    bench.handler.offer("sip:1001@gateway", "alice", "v=0");
    assertThat(bench.handler.heard).endsWith("offered onLost");
  }

  @Test
  void eachFrameIsAskedForOnce() {
    FakeSocket socket = signedIn();
    assertThat(socket.demanded).isEqualTo(1);
    for (String frame :
        new String[] {
          "nonsense",
          "{\"type\":\"hold\",\"id\":\"1\"}",
          "{\"type\":\"hangup\",\"id\":\"2\",\"call\":\"none\"}",
          "{\"type\":\"hangup\",\"id\":\"2\",\"call\":\"none\"}",
          "{\"type\":\"ack\",\"ack\":1}",
          "{\"type\":\"ack\",\"ack\":9}",
          "{\"type\":\"call\",\"id\":\"3\",\"call\":\"p\",\"to\":\"broken\",\"sdp\":\"v\"}",
        }) {
      socket.deliver(frame);
      assertThat(socket.demanded).as(frame).isEqualTo(1);
    }
  }

  private FakeSocket signedIn() {
    FakeSocket socket = bench.connect();
    socket.deliver(HELLO);
    return socket;
  }

  private static void call(FakeSocket socket) {
    socket.deliver("{\"type\":\"call\",\"id\":\"1\",\"call\":\"p\",\"to\":\"1\",\"sdp\":\"v\"}");
  }

  private static String resume(String welcome) {
    String session = welcome.replaceAll(".*\"session\":\"([^\"]+)\".*", "$1");
    String token = welcome.replaceAll(".*\"resumeToken\":\"([^\"]+)\".*", "$1");
    return String.format(
        Locale.ROOT,
        "{\"type\":\"hello\",\"id\":\"r\",\"session\":\"%s\",\"resumeToken\":\"%s\",\"ack\":1}",
        session,
        token);
  }
}
