package org.ringdown.gateway.routing.address;

import static com.google.common.base.Preconditions.checkArgument;

/**
 * Whom bindings belong to: a user of the gateway's one domain (RFC 3261 section 10.1). Immutable,
 * safe from any thread.
 *
 * @param user the user part of the URI, unescaped; case counts (RFC 3261 section 19.1.4)
 */
public record AddressOfRecord(String user) {
  public AddressOfRecord {
    checkArgument(!user.isEmpty(), "an address of record without a user");
  }
}
