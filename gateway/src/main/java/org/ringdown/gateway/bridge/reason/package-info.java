/**
 * Why something was refused or is over, in the words of SIP, of pages and of the media engine.
 * Imports no other package of the bridge.
 */
@NullMarked
package org.ringdown.gateway.bridge.reason;

import org.jspecify.annotations.NullMarked;
