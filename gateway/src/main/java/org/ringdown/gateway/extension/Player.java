package org.ringdown.gateway.extension;

import java.io.IOException;
import java.net.InetSocketAddress;
import org.ringdown.gateway.sdp.PlainSdp;

/** Plays one stream of a call to an extension. */
interface Player extends AutoCloseable {
  /** For a stream that was refused: the discard port stands in its place and is not looked at. */
  Player SILENT =
      new Player() {
        private static final int DISCARD = 9;

        @Override
        public InetSocketAddress start(PlainSdp.Section section) {
          return new InetSocketAddress(DISCARD);
        }

        @Override
        public void close() {}
      };

  /**
   * Opens a port and plays to the peer that the section describes.
   *
   * @return the local address, for the answer
   */
  InetSocketAddress start(PlainSdp.Section section) throws IOException;

  @Override
  void close();
}
