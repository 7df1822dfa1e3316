package org.ringdown.sip.register;

import com.google.common.collect.ImmutableList;
import gov.nist.javax.sip.address.AddressImpl;
import java.time.Duration;
import java.util.ListIterator;
import java.util.Locale;
import java.util.regex.Pattern;
import javax.sip.header.ContactHeader;
import javax.sip.header.ExpiresHeader;
import javax.sip.message.Message;
import org.jspecify.annotations.Nullable;

/**
 * What the Contact and Expires headers of a REGISTER ask for, or those of its 200 grant (RFC 3261
 * section 10.3).
 *
 * @param removesAll {@code Contact: *} with {@code Expires: 0}
 * @param contacts the contacts to add, refresh or remove
 */
public record Bindings(boolean removesAll, ImmutableList<RegisterRequest.Contact> contacts) {
  private static final Pattern INSTANCE = Pattern.compile("<[^<>\"\\\\\\p{Cntrl}]{1,128}>");

  /**
   * Reads a REGISTER or its 200; null if its headers contradict themselves, which asks for a 400.
   */
  public static @Nullable Bindings in(Message register) {
    ExpiresHeader header = (ExpiresHeader) register.getHeader(ExpiresHeader.NAME);
    Duration expires = header == null ? null : Duration.ofSeconds(Math.max(0, header.getExpires()));
    ImmutableList.Builder<RegisterRequest.Contact> contacts = ImmutableList.builder();
    ListIterator<?> headers = register.getHeaders(ContactHeader.NAME);
    while (headers != null && headers.hasNext()) {
      ContactHeader contact = (ContactHeader) headers.next();
      if (contact.isWildCard()) {
        boolean alone = !headers.hasNext() && headers.previousIndex() == 0;
        return alone && Duration.ZERO.equals(expires)
            ? new Bindings(true, ImmutableList.of())
            : null;
      }
      if (hidesStar(contact) || hasNakedHeaders(contact)) {
        return null;
      }
      contacts.add(contact(contact, expires));
    }
    return new Bindings(false, contacts.build());
  }

  /** JAIN-SIP takes a star that is not alone for the display name of the next contact. */
  private static boolean hidesStar(ContactHeader contact) {
    String display = contact.getAddress().getDisplayName();
    return display != null && display.startsWith("*");
  }

  /** A URI with headers wants angle brackets (RFC 3261 section 20.10). */
  private static boolean hasNakedHeaders(ContactHeader contact) {
    AddressImpl address = (AddressImpl) contact.getAddress();
    return address.getAddressType() == AddressImpl.ADDRESS_SPEC
        && address.getURI().toString().indexOf('?') >= 0;
  }

  private static RegisterRequest.Contact contact(ContactHeader header, @Nullable Duration expires) {
    String own = header.getParameter("expires");
    boolean number = own != null && own.matches("[0-9]{1,9}");
    float q = header.getQValue();
    return new RegisterRequest.Contact(
        header.getAddress().getURI().toString(),
        number ? Duration.ofSeconds(Long.parseLong(own)) : expires,
        q < 0 || q > 1 ? 1 : q,
        instance(header));
  }

  /** RFC 5626 section 4.1; what could not be written again as it came counts as none. */
  private static String instance(ContactHeader header) {
    String instance = header.getParameter("+sip.instance");
    if (instance == null || !INSTANCE.matcher(instance).matches()) {
      return "";
    }
    String flow = header.getParameter("reg-id");
    String id = "+sip.instance=\"" + instance + '"';
    return flow != null && flow.matches("[0-9]{1,9}") ? id + ";reg-id=" + flow : id;
  }

  /** A Contact header value for a 200. */
  static String headerValue(RegisterRequest.Contact contact) {
    StringBuilder value = new StringBuilder("<").append(contact.uri()).append('>');
    if (contact.q() < 1) {
      value.append(String.format(Locale.ROOT, ";q=%.3f", contact.q()));
    }
    if (contact.expires() != null) {
      value.append(";expires=").append(contact.expires().toSeconds());
    }
    if (!contact.instance().isEmpty()) {
      value.append(';').append(contact.instance());
    }
    return value.toString();
  }
}
