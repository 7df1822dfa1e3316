package org.ringdown.gateway.config.reader;

import static org.ringdown.gateway.config.reader.ValueTypes.duration;
import static org.ringdown.gateway.config.reader.ValueTypes.number;
import static org.ringdown.gateway.config.reader.ValueTypes.oneOf;
import static org.ringdown.gateway.config.reader.ValueTypes.text;
import static org.ringdown.gateway.config.reader.ValueTypes.userPart;

import com.google.common.collect.ImmutableList;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.ringdown.gateway.config.Secret;
import org.ringdown.gateway.config.Trunk;
import org.ringdown.gateway.config.Trunk.Account;
import org.ringdown.gateway.config.Trunk.Kind;
import org.ringdown.gateway.config.Trunk.Server;
import org.ringdown.gateway.config.Trunk.Servers;
import org.ringdown.gateway.config.TrunkPolicy;
import org.ringdown.gateway.config.TrunkPolicy.ShownCaller;
import org.ringdown.gateway.config.yaml.Section;
import org.ringdown.gateway.sdp.policy.MediaPolicy;

/** The keys of a trunk. */
final class TrunkReader {
  private static final Server NOWHERE = new Server("", 0, null);
  private static final int BY_PLACE = -1;

  private TrunkReader() {}

  static Trunk trunk(Section in, TlsReader tls) {
    Kind kind = in.value("kind", Kind.REGISTER, oneOf(Kind.class));
    Account account = account(in);
    ShownCaller shown = account == null ? ShownCaller.CALLER : ShownCaller.ACCOUNT;
    Trunk trunk =
        new Trunk(
            kind,
            servers(in),
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
            PolicyReader.policy(in, TrunkPolicy.of(shown)),
            in.section("tls", tls::trunk));
    check(in, trunk);
    return trunk;
  }

  private static Servers servers(Section in) {
    Server server = in.nullable("server", null, TrunkValues.server());
    ImmutableList<Server> several = in.sections("servers", TrunkReader::oneOfSeveral);
    Server proxy = in.nullable("outboundProxy", null, TrunkValues.server());
    if (server == null && several.isEmpty()) {
      in.reject("has no server; expected server: \"sip:HOST:PORT\"");
    } else if (server != null && !several.isEmpty()) {
      in.reject("has both server and servers; expected one of them");
    } else if (proxy != null && several.size() > 1) {
      in.reject("has several servers behind one outboundProxy; expected one server");
    }
    return new Servers(
        server == null ? inOrder(several) : ImmutableList.of(server),
        proxy,
        in.value(
            "tryTimeout",
            Servers.DEFAULT_TRY_TIMEOUT,
            duration(Duration.ofMillis(500), Duration.ofSeconds(32))));
  }

  private static Server oneOfSeveral(Section in) {
    Server server = in.value("server", NOWHERE, TrunkValues.server());
    if (server == NOWHERE) {
      in.reject("has no server; expected server: \"sip:HOST:PORT\"");
    }
    return new Server(
        server.host(),
        server.port(),
        server.transport(),
        in.value("priority", BY_PLACE, number(0, 1000)),
        in.value("weight", Server.DEFAULT_WEIGHT, number(0, 65535)));
  }

  /** Those without a priority come one after the other. */
  private static ImmutableList<Server> inOrder(ImmutableList<Server> servers) {
    ImmutableList.Builder<Server> ordered = ImmutableList.builder();
    for (int place = 0; place < servers.size(); place++) {
      Server server = servers.get(place);
      int priority =
          server.priority() == BY_PLACE ? Server.FIRST_PRIORITY + place : server.priority();
      ordered.add(
          new Server(server.host(), server.port(), server.transport(), priority, server.weight()));
    }
    return servers.isEmpty() ? ImmutableList.of(NOWHERE) : ordered.build();
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
    if (trunk.kind() == Kind.REGISTER && trunk.account() == null) {
      in.reject("registers without a user and a password; expected both, or kind: peer");
    } else if (trunk.policy().callerId().from() == ShownCaller.ACCOUNT && trunk.account() == null) {
      in.reject("shows its account and has none; expected a user and a password");
    }
  }
}
