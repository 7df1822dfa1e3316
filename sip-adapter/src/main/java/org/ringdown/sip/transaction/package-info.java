/**
 * Requests and responses one at a time, without a dialog: what all that we do in SIP has in common
 * ({@link org.ringdown.sip.transaction.Wiring}, mailboxes, alarms), a series of requests to a
 * server ({@link org.ringdown.sip.transaction.RequestSeries}), and the one answer to a request.
 * Imports {@code message}, {@code transport} and {@code challenge}.
 */
@NullMarked
package org.ringdown.sip.transaction;

import org.jspecify.annotations.NullMarked;
