/**
 * Somebody is called: {@code ForkedLeg} walks the steps of a route, a {@code RingGroup} lets the
 * devices of one step ring together. Knows a device only as a {@code Branch}.
 */
@NullMarked
package org.ringdown.gateway.bridge.ring;

import org.jspecify.annotations.NullMarked;
