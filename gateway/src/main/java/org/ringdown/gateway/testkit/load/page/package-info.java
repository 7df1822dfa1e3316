/**
 * Many WebRTC pages without browsers: signed in to Ringdown, or to Janus' SIP plugin, with one call
 * after the other. Start reading at {@link org.ringdown.gateway.testkit.load.page.Page}.
 */
@NullMarked
package org.ringdown.gateway.testkit.load.page;

import org.jspecify.annotations.NullMarked;
