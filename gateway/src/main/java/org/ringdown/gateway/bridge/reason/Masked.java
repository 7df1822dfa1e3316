package org.ringdown.gateway.bridge.reason;

import java.util.regex.Pattern;

/** Numbers and addresses as they may stand in a log: recognisable, not usable. */
public final class Masked {
  private static final Pattern AROUND_THE_USER = Pattern.compile("^(?i:sips?|tel):|@.*$");
  private static final int SHOWN = 2;

  private Masked() {}

  /** The first two characters of the user part; nothing of the rest. */
  public static String of(String uriOrNumber) {
    String user = AROUND_THE_USER.matcher(uriOrNumber).replaceAll("");
    return user.length() <= SHOWN ? "**" : user.substring(0, SHOWN) + "***";
  }
}
