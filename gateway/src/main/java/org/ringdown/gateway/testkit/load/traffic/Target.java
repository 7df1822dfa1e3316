package org.ringdown.gateway.testkit.load.traffic;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.OptionalLong;

/**
 * The gateway under load and who may use it.
 *
 * @param kind what it is
 * @param sip where phones send to; of a Janus it says nothing
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

  /** Whose protocols it speaks. */
  public enum Kind {
    /** Ringdown. */
    RINGDOWN,
    /** Janus with its SIP plugin, whose users register with our phones. */
    JANUS
  }

  /**
   * Users that are numbered from 0.
   *
   * @param prefix what stands before the number
   * @param count how many there are
   */
  public record Users(String prefix, String password, int count) {
    /** The name of one. */
    public String name(int index) {
      return prefix + index;
    }

    @Override
    public String toString() {
      return "Users[" + prefix + "0 to " + prefix + (count - 1) + "]";
    }
  }
}
