/**
 * Where a SIP URI leads (RFC 3263): NAPTR, SRV, A and AAAA records, asked for asynchronously and
 * cached as long as they say; the order of servers by priority and weight (RFC 2782). A leaf:
 * imports nothing else of the house. Start reading at {@code SipLocator}.
 */
@NullMarked
package org.ringdown.sip.dns;

import org.jspecify.annotations.NullMarked;
