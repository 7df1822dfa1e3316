package org.ringdown.gateway.testkit.load.worker;

import com.google.common.collect.ImmutableList;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.ringdown.gateway.testkit.load.media.MediaMode;
import org.ringdown.gateway.testkit.load.traffic.Direction;
import org.ringdown.gateway.testkit.load.traffic.Load;
import org.ringdown.gateway.testkit.load.traffic.Target;

/** What a worker is told: one of these is set. */
record Order(@Nullable Open open, @Nullable Enter enter, @Nullable Run run, boolean goOn) {
  static Order to(Open open) {
    return new Order(open, null, null, false);
  }

  static Order to(Enter enter) {
    return new Order(null, enter, null, false);
  }

  static Order to(Run run) {
    return new Order(null, null, run, false);
  }

  static Order toGoOn() {
    return new Order(null, null, null, true);
  }

  /** Opens sockets towards a gateway. */
  record Open(
      Target.Kind kind,
      String sipHost,
      int sipPort,
      String web,
      boolean anyCertificate,
      Target.Users pages,
      Target.Users phones,
      String from,
      MediaMode media,
      long patienceMs) {
    static Open of(Target target, MediaMode media, Duration patience) {
      return new Open(
          target.kind(),
          target.sip().getAddress().getHostAddress(),
          target.sip().getPort(),
          target.web().toString(),
          target.anyCertificate(),
          target.pages(),
          target.phones(),
          target.media().getHostAddress(),
          media,
          patience.toMillis());
    }

    Target target() throws UnknownHostException {
      return new Target(
          kind,
          new InetSocketAddress(InetAddress.getByName(sipHost), sipPort),
          URI.create(web),
          anyCertificate,
          pages,
          phones,
          InetAddress.getByName(from),
          OptionalLong.empty());
    }
  }

  /** Signs pages in. */
  record Enter(int pages, double signInsPerSecond) {}

  /** Makes load; no hold is -1. */
  record Run(
      double callsPerSecond,
      long lastsMs,
      long holdMs,
      int concurrent,
      List<Direction> directions,
      double registrationsPerSecond) {
    static Run of(Load load) {
      Duration hold = load.hold();
      return new Run(
          load.callsPerSecond(),
          load.lasts().toMillis(),
          hold == null ? -1 : hold.toMillis(),
          load.concurrent(),
          load.directions(),
          load.registrationsPerSecond());
    }

    Load load() {
      return new Load(
          callsPerSecond,
          Duration.ofMillis(lastsMs),
          holdMs < 0 ? null : Duration.ofMillis(holdMs),
          concurrent,
          ImmutableList.copyOf(directions),
          registrationsPerSecond);
    }
  }
}
