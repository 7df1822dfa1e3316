package org.ringdown.gateway.bridge.house;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.LinkedHashMultimap;
import com.google.common.collect.Multimaps;
import com.google.common.collect.SetMultimap;
import java.time.Instant;
import org.ringdown.gateway.routing.address.AddressOfRecord;
import org.ringdown.gateway.routing.registrar.Binding;
import org.ringdown.gateway.routing.registrar.Registrar;
import org.ringdown.webrtc.page.WebRtcSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where a user can be reached now: registered phones and signed-in pages. Safe from any thread. */
public final class Devices {
  private static final Logger log = LoggerFactory.getLogger(Devices.class);

  private final Registrar registrar;
  private final SetMultimap<String, WebRtcSession> pages =
      Multimaps.synchronizedSetMultimap(LinkedHashMultimap.create());

  /** Devices whose phones this registrar knows. */
  public Devices(Registrar registrar) {
    this.registrar = registrar;
  }

  /** A page of a user has come. */
  public void add(WebRtcSession page) {
    pages.put(page.user(), page);
  }

  /** A page has gone for good. */
  public void remove(WebRtcSession page) {
    pages.remove(page.user(), page);
  }

  /** The pages that the user is signed in on. */
  public ImmutableList<WebRtcSession> pagesOf(String user) {
    synchronized (pages) {
      return ImmutableList.copyOf(pages.get(user));
    }
  }

  /**
   * A phone could not be reached. One that registered over a connection has to register anew then,
   * since only it can open another, and is called in vain until it does (RFC 5626 section 5.3).
   */
  public void lost(Binding phone) {
    if (!phone.flow().transport().equals("UDP") && registrar.remove(phone)) {
      log.info("a phone is forgotten: its connection is gone, and it cannot be connected to");
    }
  }

  /** The phones whose registration holds at this time. */
  public ImmutableList<Binding> phonesOf(AddressOfRecord user, Instant now) {
    return registrar.lookup(user, now);
  }
}
