package org.ringdown.gateway.media;

import com.google.common.collect.ImmutableList;
import org.jspecify.annotations.Nullable;
import org.ringdown.gateway.sdp.MediaStream;

/** The calling leg and the one answer it gets. */
final class CallingLeg {
  private final MediaLeg media;
  private final MediaLeg.Received offer;
  private @Nullable String answer;

  CallingLeg(MediaLeg media, MediaLeg.Received offer) {
    this.media = media;
    this.offer = offer;
  }

  MediaLeg media() {
    return media;
  }

  ImmutableList<MediaStream> offered() {
    return offer.streams();
  }

  /** The answer; the first one stands, whatever is agreed on later. */
  String answer(ImmutableList<MediaStream> agreed) {
    String given = answer;
    if (given == null) {
      given = offer.accept(agreed);
      answer = given;
    }
    return given;
  }
}
