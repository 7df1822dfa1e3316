package org.ringdown.gateway.routing.registrar;

import com.google.common.collect.ImmutableList;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.ringdown.gateway.routing.address.AddressOfRecord;

/**
 * What a REGISTER asks for, its sender being authenticated already (RFC 3261 section 10.3, steps 3
 * to 5). Immutable, safe from any thread.
 *
 * @param addressOfRecord whose bindings are meant
 * @param flow how the request came
 * @param callId its Call-ID
 * @param cseq its CSeq number
 * @param userAgent its User-Agent, empty for none
 * @param change what is to become of the bindings
 */
public record RegistrationUpdate(
    AddressOfRecord addressOfRecord,
    Binding.Flow flow,
    String callId,
    long cseq,
    String userAgent,
    Change change) {

  /** What is to become of the bindings. */
  public sealed interface Change {
    /** {@code Contact: *} with {@code Expires: 0}: all go. */
    record RemoveAll() implements Change {}

    /** Contacts to add, refresh or remove; none only asks for the bindings that hold. */
    record Update(ImmutableList<Contact> contacts) implements Change {}
  }

  /**
   * One contact of the request.
   *
   * @param uri the contact URI
   * @param expires how long it is to hold; zero removes it, null leaves it to the registrar
   * @param q preference from 0 to 1
   * @param instance what its phone is known by wherever it is (RFC 5626 section 4.1); empty for
   *     none
   */
  public record Contact(String uri, @Nullable Duration expires, float q, String instance) {
    /** One of a phone that is known by its URI alone. */
    public Contact(String uri, @Nullable Duration expires, float q) {
      this(uri, expires, q, "");
    }
  }
}
