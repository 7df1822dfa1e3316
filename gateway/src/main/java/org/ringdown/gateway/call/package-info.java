/**
 * The core: {@code Call} decides what a call does next. No I/O, no clock, no lock, no word of SIP
 * or WebRTC. Pure: imports only {@code java.*} and Guava.
 */
@NullMarked
package org.ringdown.gateway.call;

import org.jspecify.annotations.NullMarked;
