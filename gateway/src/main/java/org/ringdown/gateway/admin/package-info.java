/** What an operator sees: health, metrics, live calls and call records. */
@NullMarked
package org.ringdown.gateway.admin;

import org.jspecify.annotations.NullMarked;
