package org.ringdown.webrtc.page;

import com.google.common.collect.ImmutableMap;
import org.ringdown.webrtc.page.WebRtcLeg.Hangup;
import org.ringdown.webrtc.page.WebRtcLeg.Transfer;
import org.ringdown.webrtc.page.WebRtcLeg.Verdict;
import org.ringdown.webrtc.signaling.ReasonCode;
import org.ringdown.webrtc.signaling.ServerMessage;
import org.ringdown.webrtc.signaling.ServerMessage.Side;
import org.ringdown.webrtc.signaling.ServerMessage.TransferStatus;

/** How the values of {@link WebRtcLeg} are said to the page. */
final class CallEvents {
  private CallEvents() {}

  static ServerMessage.Party caller(WebRtcSession.Incoming incoming) {
    return new ServerMessage.Party(incoming.fromUri(), incoming.fromDisplay());
  }

  static ServerMessage.Event held(long seq, String call, boolean held) {
    return held
        ? new ServerMessage.Held(seq, call, Side.REMOTE)
        : new ServerMessage.Resumed(seq, call, Side.REMOTE);
  }

  static ServerMessage.Transferred transferred(long seq, String call, Transfer transfer) {
    if (transfer instanceof Transfer.Failed failed) {
      return new ServerMessage.Transferred(
          seq, call, null, TransferStatus.FAILED, reason(failed.why()));
    }
    TransferStatus status =
        transfer instanceof Transfer.Ringing ? TransferStatus.RINGING : TransferStatus.ACCEPTED;
    return new ServerMessage.Transferred(seq, call, null, status, null);
  }

  static ServerMessage.Verdict verdict(Verdict verdict) {
    return new ServerMessage.Verdict(
        verdict.code().code(),
        verdict.hop().text(),
        verdict.direction().text(),
        verdict.text(),
        verdict.remedy());
  }

  static ServerMessage.Hangup hangup(
      long seq, String call, Hangup hangup, ImmutableMap<String, String> headers) {
    Side by = Side.valueOf(hangup.by().name());
    return new ServerMessage.Hangup(seq, call, by, reason(hangup), headers);
  }

  static ServerMessage.Reason reason(Hangup why) {
    ReasonCode code = why.code();
    String text = why.text() == null ? code.sentence() : why.text();
    String remedy = why.remedy() == null ? code.remedy() : why.remedy();
    return new ServerMessage.Reason(code.code(), why.sipStatus(), why.q850Cause(), text, remedy);
  }
}
