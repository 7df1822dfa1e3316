package org.ringdown.gateway.config;

import static org.ringdown.gateway.config.ValueTypes.duration;
import static org.ringdown.gateway.config.ValueTypes.oneOf;
import static org.ringdown.gateway.config.ValueTypes.text;
import static org.ringdown.gateway.config.ValueTypes.userPart;

import com.google.common.collect.ImmutableList;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.ringdown.gateway.config.Trunk.Account;
import org.ringdown.gateway.config.Trunk.Kind;
import org.ringdown.gateway.config.Trunk.Server;
import org.ringdown.gateway.config.TrunkPolicy.ShownCaller;
import org.ringdown.gateway.sdp.policy.MediaPolicy;
import org.ringdown.sip.SipTransport;

/** The keys of a trunk. */
final class TrunkReader {
  private static final Server NO_SERVER =
      new Server("", SipTransport.UDP.defaultPort(), SipTransport.UDP);

  private TrunkReader() {}

  static Trunk trunk(Section in) {
    Kind kind = in.value("kind", Kind.REGISTER, oneOf(Kind.class));
    Account account = account(in);
    ShownCaller shown = account == null ? ShownCaller.CALLER : ShownCaller.ACCOUNT;
    Trunk trunk =
        new Trunk(
            kind,
            in.value("server", NO_SERVER, TrunkValues.server()),
            account,
            in.list("sources", ImmutableList.of(), TrunkValues.addressRange()),
            in.value(
                "expires",
                Trunk.DEFAULT_EXPIRES,
                duration(Duration.ofSeconds(10), Duration.ofDays(1))),
            in.nullable(
                "qualify",
                Trunk.DEFAULT_QUALIFY,
                duration(Duration.ofSeconds(1), Duration.ofHours(1))),
            in.section("media", media -> MediaPolicyReader.read(media, MediaPolicy.PLAIN)),
            PolicyReader.policy(in, TrunkPolicy.of(shown)));
    check(in, trunk);
    return trunk;
  }

  private static @Nullable Account account(Section in) {
    String user = in.nullable("user", null, userPart());
    Secret password = in.secret("password");
    String realm = in.nullable("realm", null, text());
    if (user == null || password == null || password.value().isEmpty()) {
      if (user != null || password != null) {
        in.reject("has only one of user and password; expected both or none");
      }
      return null;
    }
    return new Account(user, password, realm);
  }

  private static void check(Section in, Trunk trunk) {
    if (trunk.server().host().isEmpty()) {
      in.reject("has no server; expected server: \"sip:HOST:PORT\"");
    } else if (trunk.kind() == Kind.REGISTER && trunk.account() == null) {
      in.reject("registers without a user and a password; expected both, or kind: peer");
    } else if (trunk.policy().callerId().from() == ShownCaller.ACCOUNT && trunk.account() == null) {
      in.reject("shows its account and has none; expected a user and a password");
    }
  }
}
