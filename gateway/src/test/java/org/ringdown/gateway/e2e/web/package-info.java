/**
 * The web side's actors: pages in real browsers and a bare protocol peer. Imports the sound and
 * process packages only. Start reading at {@link org.ringdown.gateway.e2e.web.Page}.
 */
@NullMarked
package org.ringdown.gateway.e2e.web;

import org.jspecify.annotations.NullMarked;
