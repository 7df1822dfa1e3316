/**
 * PBXs and carriers: keeps registered with them, watches whether they are there, knows their calls
 * and makes calls to them. Imports {@code gateway.config}, {@code gateway.routing} and the SIP
 * adapter. Start reading at {@code Trunks}.
 */
@NullMarked
package org.ringdown.gateway.trunk;

import org.jspecify.annotations.NullMarked;
