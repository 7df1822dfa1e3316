/** JAIN-SIP's log led to ours, and what peers wrote made fit for it. Imports JAIN-SIP only. */
@NullMarked
package org.ringdown.sip.log;

import org.jspecify.annotations.NullMarked;
