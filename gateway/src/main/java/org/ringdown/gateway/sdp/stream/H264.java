package org.ringdown.gateway.sdp.stream;

import org.ringdown.gateway.sdp.line.Numbers;

/**
 * What the parameters of an H264 format say (RFC 6184 section 8.1).
 *
 * @param packetizationMode 0 to 2
 * @param profileIdc the first byte of {@code profile-level-id}
 * @param constraints its second byte
 * @param level its third byte: ten times the level
 * @param levelAsymmetry whether each direction may have a level of its own
 */
public record H264(
    int packetizationMode, int profileIdc, int constraints, int level, boolean levelAsymmetry) {
  private static final String DEFAULT_PROFILE_LEVEL = "42000A";
  private static final int BASELINE = 0x42;
  private static final int MAIN = 0x4D;
  private static final int EXTENDED = 0x58;

  /** Reads the parameters; what is missing or unreadable has its default. */
  static H264 of(Codec codec) {
    Fmtp fmtp = Fmtp.of(codec);
    String id = fmtp.get("profile-level-id", DEFAULT_PROFILE_LEVEL);
    int bytes = Integer.parseInt(id.matches("[0-9A-Fa-f]{6}") ? id : DEFAULT_PROFILE_LEVEL, 16);
    return new H264(
        Math.max(0, Numbers.parse(fmtp.get("packetization-mode", "0"), 2)),
        bytes >> 16,
        bytes >> 8 & 0xFF,
        bytes & 0xFF,
        fmtp.get("level-asymmetry-allowed", "0").equals("1"));
  }

  boolean matches(H264 other) {
    return packetizationMode == other.packetizationMode && profile() == other.profile();
  }

  boolean isBaseline() {
    return profile() == BASELINE << 8;
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

  /** The same with one level for both directions. */
  H264 symmetric() {
    return new H264(packetizationMode, profileIdc, constraints, level, false);
  }

  /** The parameters as an {@code fmtp} value; a packetization mode of 0 need not be said. */
  String fmtp() {
    int bytes = profileIdc << 16 | constraints << 8 | level;
    return (levelAsymmetry ? "level-asymmetry-allowed=1;" : "")
        + (packetizationMode == 0 ? "" : "packetization-mode=" + packetizationMode + ";")
        + ("profile-level-id=" + Integer.toHexString(0x1000000 | bytes).substring(1));
  }

  /**
   * A profile is an idc and those constraint bits that choose between profiles of one idc (RFC 6184
   * table 5). Constrained baseline and baseline are one here: no encoder in use makes what only the
   * latter has.
   */
  private int profile() {
    boolean constrainedMain = profileIdc == MAIN && (constraints & 0x80) != 0;
    boolean constrainedExtended = profileIdc == EXTENDED && (constraints & 0xC0) == 0xC0;
    if (profileIdc == BASELINE || constrainedMain || constrainedExtended) {
      return BASELINE << 8;
    }
    return (profileIdc << 8) | (constraints & 0x1F);
  }
}
