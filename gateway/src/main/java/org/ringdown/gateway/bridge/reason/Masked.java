package org.ringdown.gateway.bridge.reason;

/** Numbers and addresses as they may stand in a log: recognisable, not usable. */
public final class Masked {
  private static final int SHOWN = 2;

  private Masked() {}

  /** The first two characters of the user part; nothing of the rest. */
  public static String of(String uriOrNumber) {
    String user = uriOrNumber.replaceFirst("^(?i:sips?|tel):", "").replaceFirst("@.*$", "");
    return user.length() <= SHOWN ? "**" : user.substring(0, SHOWN) + "***";
  }
}
