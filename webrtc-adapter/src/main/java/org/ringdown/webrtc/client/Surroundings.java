package org.ringdown.webrtc.client;

import com.google.common.collect.ImmutableList;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import org.ringdown.webrtc.dtls.DtlsEngine;
import org.ringdown.webrtc.dtls.SrtpOffer;
import org.ringdown.webrtc.srtp.SrtpProfile;

/**
 * What a client works with.
 *
 * @param shared whether other clients use it too, so that none of them may close it
 */
record Surroundings(
    DtlsEngine engine,
    SecureRandom random,
    ScheduledExecutorService timer,
    Port.Opener ports,
    boolean shared) {

  /** A client's own. */
  static Surroundings own(List<SrtpProfile> profiles, ScheduledExecutorService timer) {
    SecureRandom random = new SecureRandom();
    return new Surroundings(engine(profiles, random), random, timer, Port::alone, false);
  }

  /** An engine with a new certificate. */
  static DtlsEngine engine(List<SrtpProfile> profiles, SecureRandom random) {
    ImmutableList<SrtpOffer> offers =
        profiles.stream()
            .map(profile -> new SrtpOffer(profile.id(), profile.keyingMaterialBytes()))
            .collect(ImmutableList.toImmutableList());
    return new DtlsEngine(offers, random, Instant.now());
  }
}
