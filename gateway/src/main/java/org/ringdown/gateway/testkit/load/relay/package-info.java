/**
 * Load on rtpengine, which relays media and knows nothing of calls: the yardstick of the relay
 * alone. {@link org.ringdown.gateway.testkit.load.relay.RelayTraffic} is where to start reading.
 */
@NullMarked
package org.ringdown.gateway.testkit.load.relay;

import org.jspecify.annotations.NullMarked;
