/**
 * How users and phones are written: addresses of record, and SIP URIs taken apart to be compared.
 * Pure: imports only {@code java.*} and Guava.
 */
@NullMarked
package org.ringdown.gateway.routing.address;

import org.jspecify.annotations.NullMarked;
