package org.ringdown.sip;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ringdown.sip.leg.Invite;
import org.ringdown.sip.leg.SipLeg;
import org.ringdown.sip.register.RegisterRequest;
import org.ringdown.sip.transport.SipTransport;
import org.ringdown.sip.wire.SipWire;

/**
 * The torture messages of RFC 4475 and RFC 5118, each sent over the transport of its Via, and the
 * answer it gets: 401 for a request that passes all checks and is challenged, a dash for a message
 * that cannot or need not be answered. After each the endpoint still answers.
 *
 * <p>The messages are those of the RFCs but for the binary part of {@code mpart01}, the TLS in the
 * Via of {@code bext01}, three lengths of RFC 5118 that count line ends of one byte, and a branch
 * of its own for each.
 */
@TestInstance(Lifecycle.PER_CLASS)
class TortureTest implements SipHandler {
  private static final Path MESSAGES = Path.of("src", "test", "resources", "torture");
  private static final Pattern VIA =
      Pattern.compile("(?im)^v(?:ia)?\\s*:\\s*SIP\\s*/\\s*\\d\\.0\\s*/\\s*(\\w+)");
  private static final String NOTHING = "-";
  private static final long PATIENCE_MS = 5000;
  private static final String CASES =
      """
      rfc4475/wsinv | 481 | folded lines, any case: understood, and of no dialog here
      rfc4475/intmeth | 405 | every character a method may have
      rfc4475/esc01 | 401 | escaped URIs
      rfc4475/escnull | 401 | escaped NULs
      rfc4475/esc02 | 405 | a percent sign that escapes nothing
      rfc4475/lwsdisp | 200 | no space before <
      rfc4475/longreq | 401 | very long fields, and 34 Vias
      rfc4475/dblreq | 401 | what stands behind a datagram's message is no message
      rfc4475/semiuri | 200 | semicolons in a user name
      rfc4475/transports | 200 | transports nobody knows in Vias of others
      rfc4475/mpart01 | 415 | a body of several parts, one binary
      rfc4475/unreason | - | a response that was not asked for
      rfc4475/noreason | - | a response that was not asked for
      rfc4475/badinv01 | - | a Via that cannot be read: nowhere to answer to
      rfc4475/clerr | 400 | longer than its datagram
      rfc4475/ncl | 400 | a negative length
      rfc4475/scalar02 | - | a CSeq that cannot be given back
      rfc4475/scalarlg | - | a response whose CSeq cannot be read
      rfc4475/quotbal | - | a To that cannot be given back
      rfc4475/ltgtruri | 400 | a Request-URI in brackets
      rfc4475/lwsruri | 400 | a space in the Request-URI
      rfc4475/lwsstart | 401 | taken: two spaces mislead nobody
      rfc4475/trws | 200 | taken: spaces at the end mislead nobody
      rfc4475/escruri | 401 | headers in the Request-URI are not looked at
      rfc4475/baddate | 401 | a Date is not looked at
      rfc4475/regbadct | 400 | a Contact with headers and no brackets
      rfc4475/badaspec | 200 | taken: spaces within brackets mislead nobody
      rfc4475/baddn | 200 | taken: a comma in a display name
      rfc4475/badvers | 505 | SIP/7.0
      rfc4475/mismatch01 | 400 | CSeq of another method
      rfc4475/mismatch02 | 400 | CSeq of another method
      rfc4475/bigcode | - | a response with an impossible code
      rfc4475/badbranch | 200 | an empty branch is one of RFC 2543
      rfc4475/insuf | - | no From, To and Call-ID to give back
      rfc4475/unkscm | 416 | a scheme nobody knows
      rfc4475/novelsc | 416 | a scheme that is no SIP
      rfc4475/unksm2 | 401 | challenged first
      rfc4475/bext01 | 420 | Require: what nobody supports
      rfc4475/invut | 415 | a body of an unknown type
      rfc4475/regaut01 | 401 | credentials of an unknown scheme
      rfc4475/multi01 | 400 | two From, To, CSeq and Call-ID
      rfc4475/mcl01 | 400 | two lengths
      rfc4475/bcast | - | a response that was not asked for
      rfc4475/zeromf | 200 | OPTIONS goes no further than here
      rfc4475/cparam01 | 401 | a parameter of the Contact
      rfc4475/cparam02 | 401 | a parameter of the URI
      rfc4475/regescrt | 401 | a URI with headers in brackets
      rfc4475/sdp01 | 406 | the caller takes no SDP
      rfc4475/inv2543 | 400 | RFC 2543: no Contact
      rfc5118/ipv6-good | 401 | valid
      rfc5118/ipv6-bad | 400 | an address without brackets
      rfc5118/port-ambiguous | 401 | a port taken into the brackets is a part of the address
      rfc5118/port-unambiguous | 401 | valid
      rfc5118/via-received-param-with-delim | 481 | read, and of no dialog here
      rfc5118/via-received-param-no-delim | 200 | valid
      rfc5118/ipv6-in-sdp | 401 | SDP is not looked at here
      rfc5118/mult-ip-in-header | 481 | read, and of no dialog here
      rfc5118/mult-ip-in-sdp | 401 | SDP is not looked at here
      rfc5118/ipv4-mapped-ipv6 | 401 | SDP is not looked at here
      rfc5118/ipv6-bug-abnf-3-colons | 200 | three colons
      rfc5118/ipv6-correct-abnf-2-colons | 200 | two colons
      """;

  private SipEndpoint endpoint;
  private int sent;

  @BeforeAll
  void start() throws IOException {
    endpoint = TestGateway.start(this, "127.0.0.1");
  }

  @AfterAll
  void stop() {
    endpoint.close();
  }

  @Override
  public Optional<String> passwordOf(String user) {
    return Optional.empty();
  }

  @Override
  public SipLeg.Listener onInvite(Invite invite, SipLeg leg) {
    leg.challenge();
    return SipLeg.Listener.NONE;
  }

  @Override
  public void onRegister(RegisterRequest request) {
    request.challenge();
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = CASES)
  void eachGetsItsAnswer(String name, String answer, String why) throws Exception {
    byte[] message = Files.readAllBytes(MESSAGES.resolve(name));
    SipConfig.Listen listen = listen(transport(message));
    try (SipPeer peer = SipPeer.over(listen);
        SipPeer other = SipPeer.over(listen)) {
      peer.wire().send(withOwnBranch(message));
      if (!answer.equals(NOTHING)) {
        assertThat(finalAnswer(peer.wire())).as(why).isEqualTo(answer);
      }
      other.play("P: OPTIONS\nG: 200 OPTIONS");
      if (answer.equals(NOTHING)) {
        assertThat(peer.wire().arrived()).as(why).isEmpty();
      }
    }
  }

  @Test
  void noneIsLeftOut() throws IOException {
    try (Stream<Path> files = Files.walk(MESSAGES, 2)) {
      assertThat(
              files
                  .filter(file -> Files.isRegularFile(file) && !file.endsWith(".gitattributes"))
                  .map(file -> MESSAGES.relativize(file).toString()))
          .containsExactlyInAnyOrderElementsOf(
              CASES.lines().map(line -> line.split("\\|")[0].trim()).toList());
    }
  }

  private static String finalAnswer(SipWire wire) throws InterruptedException {
    byte[] response;
    do {
      response = wire.next(PATIENCE_MS);
      assertThat(response).as("an answer").isNotNull();
    } while (code(response).equals("100"));
    return code(response);
  }

  /** Many of the messages have the same branch, which would make them one transaction. */
  private byte[] withOwnBranch(byte[] message) {
    return new String(message, ISO_8859_1)
        .replaceFirst("z9hG4bK(?=[^\\r])", "z9hG4bK" + ++sent)
        .getBytes(ISO_8859_1);
  }

  private static String code(byte[] response) {
    return new String(response, ISO_8859_1).split(" ")[1];
  }

  private static SipTransport transport(byte[] message) {
    Matcher via = VIA.matcher(new String(message, ISO_8859_1));
    return via.find() && !via.group(1).equals("UDP") ? SipTransport.TCP : SipTransport.UDP;
  }

  private SipConfig.Listen listen(SipTransport transport) {
    return endpoint.listening().stream()
        .filter(listen -> listen.transport() == transport)
        .findFirst()
        .orElseThrow();
  }
}
