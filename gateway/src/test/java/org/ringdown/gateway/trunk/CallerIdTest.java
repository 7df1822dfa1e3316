package org.ringdown.gateway.trunk;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import com.google.common.net.InetAddresses;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ringdown.gateway.routing.Rewriting;
import org.ringdown.sip.challenge.Authentication;
import org.ringdown.sip.leg.Invite;
import org.ringdown.sip.message.NameAddress;
import org.ringdown.sip.transport.SipTransport;

final class CallerIdTest {
  @ParameterizedTest
  @CsvSource({
    "sip:200@x, 200",
    "SIPS:200:pw@x;a=b, 200",
    "sip:a%40b@x, a%40b",
    "sip:+4930;cpc=ordinary@x;user=phone, +4930",
    "tel:+49-30;phone-context=x, +49-30",
  })
  void theUserIsFoundInAUri(String uri, String user) {
    assertThat(CallerId.user(uri)).contains(user);
  }

  @ParameterizedTest
  @CsvSource({"sip:x", "mailto:a@b", "''"})
  void aUriMayHaveNoUser(String uri) {
    assertThat(CallerId.user(uri)).isEmpty();
  }

  @Test
  void aNameMayBeAsLongAsAMessage() {
    NameAddress claimed = new NameAddress("Claimed", "sip:999@x");
    String name = "x\\\"".repeat(5_000);

    assertThat(caller(from(claimed, "\"" + name + "\" <sip:200@x>"), true).name().display())
        .isEqualTo("x\"".repeat(5_000));
    assertThat(caller(from(claimed, "x" + " ".repeat(15_000)), true).name().uri())
        .isEqualTo("sip:999@pbx");
  }

  @Test
  void whoHasNoNameIsAnonymous() {
    assertThat(caller(from(new NameAddress("", "sip:x"), ""), false).name())
        .isEqualTo(new NameAddress("", "sip:anonymous@pbx"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"Bob \\\"B\\\"\" <sip:200@x>;a=b | Bob \"B\" | sip:200@pbx",
        "Bob <tel:+49301> | Bob | sip:+49301@pbx",
        "<sip:200@x> | `` | sip:200@pbx",
        "sip:200@x | Claimed | sip:999@pbx",
        "\"broken <sip:200@x> | Claimed | sip:999@pbx",
      })
  void anAssertedIdentityIsBelievedWhereItIsTrusted(String header, String display, String uri) {
    Invite invite = from(new NameAddress("Claimed", "sip:999@x"), header);

    assertThat(caller(invite, true).name()).isEqualTo(new NameAddress(display, uri));
    assertThat(caller(invite, false).name().uri()).isEqualTo("sip:999@pbx");
  }

  @Test
  void aNameIsQuotedForTheHeader() {
    assertThat(CallerId.header(new NameAddress("A \"B\" \\", "sip:a@x")))
        .isEqualTo("\"A \\\"B\\\" \\\\\" <sip:a@x>");
    assertThat(CallerId.header(new NameAddress("", "sip:a@x"))).isEqualTo("<sip:a@x>");
  }

  @ParameterizedTest
  @CsvSource({
    "sip:200@x, '', UNSAID",
    "sip:200@x, id, HIDDEN",
    "sip:200@x, user;critical, HIDDEN",
    "sip:200@x, ' header ; session ', HIDDEN",
    "sip:200@x, session, UNSAID",
    "sip:200@x, none, NONE",
    "sip:Anonymous@anonymous.invalid, '', HIDDEN",
    "sip:anonymous@anonymous.invalid, none, NONE",
  })
  void aCallerMayHide(String from, String header, Caller.Privacy privacy) {
    Invite invite =
        with(
            new NameAddress("Bob", from),
            ImmutableListMultimap.of("privacy", header, "p-asserted-identity", "<sip:7@x>"));

    Caller caller = caller(invite, true);
    assertThat(caller.privacy()).isEqualTo(privacy);
    assertThat(caller.name().uri()).isEqualTo("sip:7@pbx");
    assertThat(caller.shown().equals(Caller.ANONYMOUS)).isEqualTo(privacy == Caller.Privacy.HIDDEN);
  }

  @Test
  void aCallersNumberIsWrittenAsHere() {
    Rewriting numbers = new Rewriting(ImmutableList.of(new Rewriting.Rule.Prefix("+49", "0")));
    NameAddress name = new NameAddress("Bob", "sip:+4930@x");

    assertThat(CallerId.of(from(name, ""), "pbx", false, numbers).name().uri())
        .isEqualTo("sip:030@pbx");
    assertThat(CallerId.rewritten(name, numbers)).isEqualTo(new NameAddress("Bob", "sip:030@x"));
  }

  private static Caller caller(Invite invite, boolean trusted) {
    return CallerId.of(invite, "pbx", trusted, Rewriting.NONE);
  }

  private static Invite from(NameAddress from, String asserted) {
    return with(from, ImmutableListMultimap.of("p-asserted-identity", asserted));
  }

  private static Invite with(NameAddress from, ImmutableListMultimap<String, String> headers) {
    return new Invite(
        "call",
        "sip:1@x",
        "1",
        from,
        from,
        new InetSocketAddress(InetAddresses.forString("127.0.0.1"), 5060),
        SipTransport.UDP,
        new Authentication.None(),
        null,
        headers);
  }
}
