package org.ringdown.sip.message;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Streams;
import gov.nist.javax.sip.header.SIPHeader;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import javax.sip.address.Address;
import javax.sip.header.CSeqHeader;
import javax.sip.header.CallIdHeader;
import javax.sip.header.ContactHeader;
import javax.sip.header.Header;
import javax.sip.message.Message;
import javax.sip.message.Response;

/** Reads JAIN-SIP's requests into our own words; nothing of JAIN-SIP goes further than here. */
public final class Requests {
  /** Secrets, and what is said elsewhere. */
  private static final ImmutableSet<String> LEFT_OUT =
      ImmutableSet.of("authorization", "proxy-authorization", "content-length");

  private static final Duration LONGEST_REST = Duration.ofHours(1);

  private Requests() {}

  /** The URIs of the Contacts of a 3xx, empty for any other response. */
  public static ImmutableList<String> redirects(Response response) {
    Iterator<?> contacts = response.getHeaders(ContactHeader.NAME);
    return contacts == null || response.getStatusCode() / 100 != 3
        ? ImmutableList.of()
        : Streams.stream(contacts)
            .map(contact -> ((ContactHeader) contact).getAddress().getURI().toString())
            .collect(ImmutableList.toImmutableList());
  }

  /** The Call-ID. */
  public static String callId(Message message) {
    return ((CallIdHeader) message.getHeader(CallIdHeader.NAME)).getCallId();
  }

  /** The number of the CSeq. */
  public static long cseq(Message message) {
    return ((CSeqHeader) message.getHeader(CSeqHeader.NAME)).getSeqNumber();
  }

  /** A name-addr in our own words. */
  public static NameAddress name(Address address) {
    String display = address.getDisplayName();
    return new NameAddress(
        display == null ? "" : display.replaceAll("\\\\(.)", "$1").trim(),
        address.getURI().toString());
  }

  /** All header fields by lower-case name, but for secrets. */
  public static ImmutableListMultimap<String, String> headers(Message message) {
    ImmutableListMultimap.Builder<String, String> all = ImmutableListMultimap.builder();
    for (Iterator<?> names = message.getHeaderNames(); names.hasNext(); ) {
      String name = (String) names.next();
      String key = name.toLowerCase(Locale.ROOT);
      if (!LEFT_OUT.contains(key)) {
        all.putAll(key, values(message, name));
      }
    }
    return all.build();
  }

  /** The values of all headers of a name, in order. */
  public static List<String> values(Message message, String name) {
    Iterator<?> found = message.getHeaders(name);
    if (found == null || !found.hasNext()) {
      return List.of();
    }
    ImmutableList.Builder<String> values = ImmutableList.builder();
    while (found.hasNext()) {
      values.add(value((Header) found.next()));
    }
    return values.build();
  }

  /** How long a server wants to be left alone (RFC 3261 section 20.33), an hour at most. */
  public static Duration retryAfter(Response response) {
    Duration asked = seconds(response, "Retry-After");
    return asked.compareTo(LONGEST_REST) < 0 ? asked : LONGEST_REST;
  }

  /** The number a header begins with, in seconds; zero if there is none. */
  public static Duration seconds(Response response, String header) {
    return values(response, header).stream()
        .map(value -> value.split("[^0-9]", 2)[0])
        .filter(digits -> !digits.isEmpty() && digits.length() < 9)
        .map(digits -> Duration.ofSeconds(Long.parseLong(digits)))
        .findFirst()
        .orElse(Duration.ZERO);
  }

  private static String value(Header header) {
    return ((SIPHeader) header).getHeaderValue().trim();
  }
}
