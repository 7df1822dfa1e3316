package org.ringdown.gateway.testkit.load.phone;

/** The tag parameter of an address. */
final class SipTags {
  private SipTags() {}

  static String of(String address) {
    int at = address.indexOf(";tag=");
    return at < 0 ? "" : address.substring(at + 5).split("[;> ]")[0];
  }
}
