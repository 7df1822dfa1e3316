package org.ringdown.gateway.testkit.load.traffic;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.OptionalLong;

/**
 * The gateway under load and who may use it.
 *
 * @param kind what it is
 * @param sip where phones send to; of a Janus it says nothing, of an rtpengine where it is
 *     controlled
 * @param web the WebSocket of pages
 * @param anyCertificate whether pages take any certificate
 * @param pages names and password of the users of pages
 * @param phones names and password of the users of phones
 * @param media the local address that pages send media from
 * @param pid its process, if it is on this machine
 */
public record Target(
    Kind kind,
    InetSocketAddress sip,
    URI web,
    boolean anyCertificate,
    Users pages,
    Users phones,
    InetAddress media,
    OptionalLong pid) {

  /** The same gateway for one of several processes, which share its users. */
  public Target share(int number, int of) {
    return new Target(
        kind,
        sip,
        web,
        anyCertificate,
        pages.share(number, of),
        phones.share(number, of),
        media,
        pid);
  }

  /** Whose protocols it speaks. */
  public enum Kind {
    /** Ringdown. */
    RINGDOWN,
    /** Janus with its SIP plugin, whose users register with our phones. */
    JANUS,
    /** rtpengine, which relays media and has no users. */
    RTPENGINE
  }

  /**
   * Users that are numbered.
   *
   * @param prefix what stands before the number
   * @param first the number of the first
   * @param count how many there are
   */
  public record Users(String prefix, String password, int first, int count) {
    /** The name of one, 0 being the first. */
    public String name(int index) {
      return prefix + (first + index);
    }

    /** One of several shares, the first being 0, which together are all of them. */
    public Users share(int number, int of) {
      int begin = count * number / of;
      return new Users(prefix, password, first + begin, count * (number + 1) / of - begin);
    }

    @Override
    public String toString() {
      return "Users[" + prefix + first + " to " + prefix + (first + count - 1) + "]";
    }
  }
}
