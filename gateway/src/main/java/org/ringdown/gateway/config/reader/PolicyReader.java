package org.ringdown.gateway.config.reader;

import static org.ringdown.gateway.config.reader.ValueTypes.duration;
import static org.ringdown.gateway.config.reader.ValueTypes.flag;
import static org.ringdown.gateway.config.reader.ValueTypes.number;
import static org.ringdown.gateway.config.reader.ValueTypes.oneOf;
import static org.ringdown.gateway.config.reader.ValueTypes.text;

import com.google.common.collect.ImmutableList;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.ringdown.gateway.config.HeaderPolicy;
import org.ringdown.gateway.config.TrunkPolicy;
import org.ringdown.gateway.config.TrunkPolicy.CallerId;
import org.ringdown.gateway.config.TrunkPolicy.EarlyMedia;
import org.ringdown.gateway.config.TrunkPolicy.Forwarding;
import org.ringdown.gateway.config.TrunkPolicy.Handling;
import org.ringdown.gateway.config.TrunkPolicy.Limits;
import org.ringdown.gateway.config.TrunkPolicy.Numbers;
import org.ringdown.gateway.config.TrunkPolicy.Offer;
import org.ringdown.gateway.config.TrunkPolicy.SentIdentity;
import org.ringdown.gateway.config.TrunkPolicy.ShownCaller;
import org.ringdown.gateway.config.TrunkPolicy.Transfer;
import org.ringdown.gateway.config.yaml.Section;
import org.ringdown.gateway.routing.Rewriting;
import org.ringdown.sip.leg.DialogPolicy;

/** The keys of what passes between the gateway and a side of it. */
final class PolicyReader {
  private static final int MOST_CALLS = 100_000;
  private static final int MOST_PER_SECOND = 10_000;
  private static final Duration SHORTEST_SESSION = Duration.ofSeconds(90);
  private static final Duration USUAL_SESSION = Duration.ofMinutes(30);
  private static final Duration DAY = Duration.ofDays(1);

  private PolicyReader() {}

  static TrunkPolicy policy(Section in, TrunkPolicy defaults) {
    return new TrunkPolicy(
        in.section("callerId", section -> callerId(section, defaults.callerId())),
        in.section("numbers", PolicyReader::numbers),
        in.section("headers", PolicyReader::headers),
        in.section("limits", PolicyReader::limits),
        handling(in, defaults.handling()),
        in.section("dialogs", PolicyReader::dialogs));
  }

  private static Handling handling(Section in, Handling defaults) {
    return new Handling(
        in.value("earlyMedia", defaults.earlyMedia(), oneOf(EarlyMedia.class)),
        in.value("transfer", defaults.transfer(), oneOf(Transfer.class)),
        in.value("offer", defaults.offer(), oneOf(Offer.class)));
  }

  static DialogPolicy dialogs(Section in) {
    return new DialogPolicy(
        in.value("prack", DialogPolicy.USUAL.prack(), oneOf(DialogPolicy.Prack.class)), timer(in));
  }

  private static DialogPolicy.@Nullable Timer timer(Section in) {
    Duration expires =
        in.nullable("sessionExpires", USUAL_SESSION, duration(SHORTEST_SESSION, DAY));
    DialogPolicy.Refresher refresher =
        in.value("refresher", DialogPolicy.Refresher.PEER, oneOf(DialogPolicy.Refresher.class));
    return expires == null ? null : new DialogPolicy.Timer((int) expires.toSeconds(), refresher);
  }

  private static CallerId callerId(Section in, CallerId defaults) {
    return new CallerId(
        in.value("from", defaults.from(), oneOf(ShownCaller.class)),
        in.value("send", defaults.send(), oneOf(SentIdentity.class)),
        in.value("trust", defaults.trust(), flag()),
        in.value("forwarded", defaults.forwarded(), oneOf(Forwarding.class)));
  }

  private static Numbers numbers(Section in) {
    return new Numbers(
        rewriting(in, "dialledIn"),
        rewriting(in, "dialledOut"),
        rewriting(in, "callerIn"),
        rewriting(in, "callerOut"),
        in.nullable("test", null, text()));
  }

  private static Rewriting rewriting(Section in, String key) {
    return new Rewriting(in.oneOrMore(key, PolicyValues.rewritingRule()));
  }

  static HeaderPolicy headers(Section in) {
    return new HeaderPolicy(
        in.list("in", ImmutableList.of(), PolicyValues.headerName()),
        in.list("out", ImmutableList.of(), PolicyValues.headerName()));
  }

  private static Limits limits(Section in) {
    return new Limits(
        in.nullable("calls", null, number(1, MOST_CALLS)),
        in.nullable("callsPerSecond", null, number(1, MOST_PER_SECOND)));
  }
}
