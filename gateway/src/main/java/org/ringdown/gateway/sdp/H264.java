package org.ringdown.gateway.sdp;

import com.google.common.base.Ascii;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the parameters of an H264 format say (RFC 6184 section 8.1).
 *
 * @param packetizationMode 0 to 2
 * @param profileIdc the first byte of {@code profile-level-id}
 * @param constraints its second byte
 * @param level its third byte: ten times the level
 * @param levelAsymmetry whether each direction may have a level of its own
 */
record H264(
    int packetizationMode, int profileIdc, int constraints, int level, boolean levelAsymmetry) {
  private static final int DEFAULT_PROFILE_LEVEL = 0x42000A;
  private static final int BASELINE = 0x42;
  private static final int MAIN = 0x4D;
  private static final int EXTENDED = 0x58;

  /** Reads the parameters; what is missing or unreadable has its default. */
  static H264 of(Codec codec) {
    Map<String, String> parameters = parameters(codec.fmtp());
    int id = number(parameters.get("profile-level-id"), 16, 6, DEFAULT_PROFILE_LEVEL);
    return new H264(
        number(parameters.get("packetization-mode"), 10, 1, 0),
        id >> 16,
        id >> 8 & 0xFF,
        id & 0xFF,
        "1".equals(parameters.get("level-asymmetry-allowed")));
  }

  boolean matches(H264 other) {
    return packetizationMode == other.packetizationMode && profile() == other.profile();
  }

  /**
   * The answer's parameters where the offer's are {@code this}: mode and profile must be the
   * offer's (RFC 6184 section 8.2.2), the level is what the answering side takes, and not above the
   * offer's unless both allow that.
   */
  H264 answered(H264 answer) {
    boolean asymmetry = levelAsymmetry && answer.levelAsymmetry;
    int answered = asymmetry ? answer.level : Math.min(level, answer.level);
    return new H264(packetizationMode, profileIdc, constraints, answered, asymmetry);
  }

  /** The parameters as an {@code fmtp} value. */
  String fmtp() {
    return (levelAsymmetry ? "level-asymmetry-allowed=1;" : "")
        + "packetization-mode="
        + packetizationMode
        + ";profile-level-id="
        + Integer.toHexString(0x1000000 | profileIdc << 16 | constraints << 8 | level).substring(1);
  }

  /** The {@code sprop-parameter-sets} of a codec's parameters; empty if there are none. */
  static String parameterSets(Codec codec) {
    return parameters(codec.fmtp()).getOrDefault("sprop-parameter-sets", "");
  }

  /**
   * A profile is an idc and those constraint bits that choose between profiles of one idc (RFC 6184
   * table 5). Constrained baseline and baseline are one here: no encoder in use makes what only the
   * latter has.
   */
  private int profile() {
    boolean baselineConstraint = (constraints & 0x80) != 0 && profileIdc == MAIN;
    if (profileIdc == BASELINE || baselineConstraint || isConstrainedExtended()) {
      return BASELINE << 8;
    }
    return profileIdc << 8 | constraints & 0x1F;
  }

  private boolean isConstrainedExtended() {
    return profileIdc == EXTENDED && (constraints & 0xC0) == 0xC0;
  }

  private static Map<String, String> parameters(String fmtp) {
    Map<String, String> parameters = new LinkedHashMap<>();
    for (String parameter : fmtp.split(";")) {
      int equals = parameter.indexOf('=');
      if (equals > 0) {
        String name = Ascii.toLowerCase(parameter.substring(0, equals).trim());
        parameters.putIfAbsent(name, parameter.substring(equals + 1).trim());
      }
    }
    return parameters;
  }

  private static int number(
      @org.jspecify.annotations.Nullable String text, int radix, int digits, int otherwise) {
    if (text == null || text.length() != digits) {
      return otherwise;
    }
    try {
      return Integer.parseUnsignedInt(text, radix);
    } catch (NumberFormatException e) {
      return otherwise;
    }
  }
}
