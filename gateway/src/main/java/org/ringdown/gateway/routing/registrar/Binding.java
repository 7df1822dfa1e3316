package org.ringdown.gateway.routing.registrar;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import org.ringdown.gateway.routing.address.AddressOfRecord;

/**
 * Where one phone of a user can be reached, until when (RFC 3261 section 10.3). Immutable, safe
 * from any thread.
 *
 * @param addressOfRecord whose phone it is
 * @param contact the contact URI, parameters included, as the phone gave it
 * @param flow how the registration came, which is the way back through a NAT
 * @param q preference from 0 to 1, the greater the better (RFC 3261 section 20.10)
 * @param expiry from when on the binding does not hold any more
 * @param callId the Call-ID of the registration, which with {@code cseq} orders updates
 * @param cseq the CSeq number of the registration
 * @param userAgent what the phone calls itself, empty if it does not
 * @param instance what the phone is known by wherever it is (RFC 5626 section 4.1); empty for none
 */
public record Binding(
    AddressOfRecord addressOfRecord,
    String contact,
    Flow flow,
    float q,
    Instant expiry,
    String callId,
    long cseq,
    String userAgent,
    String instance) {

  /** The same, until another time. */
  public Binding until(Instant end) {
    return new Binding(addressOfRecord, contact, flow, q, end, callId, cseq, userAgent, instance);
  }

  /** Whether the binding holds at that time. */
  public boolean holdsAt(Instant now) {
    return now.isBefore(expiry);
  }

  /** How long the binding still holds; zero if it does not. */
  public Duration remaining(Instant now) {
    return holdsAt(now) ? Duration.between(now, expiry) : Duration.ZERO;
  }

  /**
   * The address and transport that a registration came from (RFC 5626 calls the pair a flow).
   *
   * @param source the address it came from, resolved
   * @param transport what carried it, in upper case: {@code UDP}, {@code TCP}
   */
  public record Flow(InetSocketAddress source, String transport) {}
}
