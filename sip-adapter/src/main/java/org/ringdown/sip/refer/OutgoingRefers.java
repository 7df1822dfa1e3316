package org.ringdown.sip.refer;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.base.Ascii;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sip.ServerTransaction;
import javax.sip.SipException;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.ringdown.sip.challenge.ClientAuthentication;
import org.ringdown.sip.dialog.DialogOwner;
import org.ringdown.sip.dialog.DialogPath;
import org.ringdown.sip.leg.ReferProgress;
import org.ringdown.sip.message.Reasons;
import org.ringdown.sip.message.Requests;
import org.ringdown.sip.message.SipMessages;
import org.ringdown.sip.message.SipStatus;
import org.ringdown.sip.transaction.Responses;
import org.ringdown.sip.transaction.Wiring;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The REFERs of ours in one dialog, and the NOTIFYs that tell how they go (RFC 3515). Whatever
 * becomes of them, the dialog stays: a refusal of any kind is one of the REFER alone. Not
 * thread-safe: used within one leg's mailbox.
 */
public final class OutgoingRefers {
  private static final Logger LOG = LoggerFactory.getLogger(OutgoingRefers.class);
  private static final Pattern STATUS_LINE = Pattern.compile("^SIP/2\\.0 ([1-6]\\d\\d)\\b");
  private static final Pattern EVENT = Pattern.compile("(?i)refer\\s*(?:;.*)?");
  private static final Pattern ID = Pattern.compile("(?i);\\s*id\\s*=\\s*(\\d+)");

  private static final SipStatus NOT_ALLOWED = status(405, "the peer does not take REFER");
  private static final SipStatus UNSENT = status(500, "the REFER could not be sent");
  private static final SipStatus NO_ANSWER = status(408, "the peer does not answer the REFER");
  private static final SipStatus OVER = status(481, "the dialog is over");

  private final DialogPath path;
  private final DialogOwner owner;
  private final SipMessages messages;
  private final List<OutgoingRefer> open = new ArrayList<>();
  private boolean allowed;

  /** Of the dialog with this path. */
  public OutgoingRefers(DialogPath path, DialogOwner owner, Wiring wiring) {
    this.path = path;
    this.owner = owner;
    this.messages = wiring.messages();
  }

  private static SipStatus status(int code, String explanation) {
    return new SipStatus(code, Reasons.phrase(code), 0, explanation);
  }

  /** Takes from a message of the peer whether it says that it takes REFER. */
  public void learn(List<String> allow) {
    if (!allow.isEmpty()) {
      allowed = allow.contains(Request.REFER);
    }
  }

  /** Sends a REFER; {@code onlyIfAllowed} to a peer that has named it in Allow alone. */
  public void send(String referTo, boolean onlyIfAllowed, ReferProgress progress) {
    OutgoingRefer refer = new OutgoingRefer(referTo, progress);
    if (onlyIfAllowed && !allowed) {
      refer.refused(NOT_ALLOWED);
    } else {
      open.add(refer);
      send(refer);
    }
  }

  private void send(OutgoingRefer refer) {
    try {
      Request request = path.request(Request.REFER);
      path.identify(request);
      messages.setParsed(request, "Refer-To", "<" + refer.referTo() + ">");
      SipMessages.set(request, "Referred-By", "<" + path.localUri() + ">");
      owner.authorize(request);
      refer.sentAs(Requests.cseq(request));
      path.send(request, owner.events());
    } catch (SipException | IllegalArgumentException e) {
      LOG.debug("no REFER could be sent: {}", e.getMessage());
      close(refer, UNSENT);
    }
  }

  /** A final response to a REFER. One that asks for credentials is answered with them. */
  public void onResponse(Response response) {
    find(refer -> refer.isSentAs(Requests.cseq(response)))
        .ifPresent(
            refer -> {
              if (ClientAuthentication.isChallenge(response.getStatusCode())
                  && owner.challenged(response)) {
                send(refer);
              } else {
                refer.answered(response);
                open.removeIf(OutgoingRefer::isOver);
              }
            });
  }

  /** No response came. */
  public void onTimeout(Request request) {
    find(refer -> refer.isSentAs(Requests.cseq(request)))
        .ifPresent(refer -> close(refer, NO_ANSWER));
  }

  private Optional<OutgoingRefer> find(Predicate<OutgoingRefer> wanted) {
    return open.stream().filter(wanted).findFirst();
  }

  private void close(OutgoingRefer refer, SipStatus status) {
    open.remove(refer);
    refer.refused(status);
  }

  /** A NOTIFY came. */
  public void onNotify(Request notify, ServerTransaction transaction) {
    String event = first(notify, "Event");
    if (!EVENT.matcher(event).matches()) {
      Response response = messages.response(notify, Response.BAD_EVENT, "");
      SipMessages.set(response, "Allow-Events", "refer");
      Responses.send(transaction, response);
      return;
    }
    Matcher number = ID.matcher(event);
    String id = number.find() ? number.group(1) : "";
    Optional<OutgoingRefer> meant = find(refer -> refer.isMeantBy(id));
    int code = meant.isPresent() ? Response.OK : Response.CALL_OR_TRANSACTION_DOES_NOT_EXIST;
    Responses.send(transaction, messages.response(notify, code, ""));
    boolean isLast =
        Ascii.toLowerCase(first(notify, "Subscription-State")).startsWith("terminated");
    meant.ifPresent(refer -> refer.heard(statusIn(notify), isLast));
    open.removeIf(OutgoingRefer::isOver);
  }

  private static String first(Request request, String name) {
    return Requests.values(request, name).stream().findFirst().orElse("").trim();
  }

  /** The status in the body, a message/sipfrag (RFC 3420); 0 if there is none. */
  private static int statusIn(Request notify) {
    byte[] body = notify.getRawContent();
    Matcher line = STATUS_LINE.matcher(body == null ? "" : new String(body, UTF_8));
    return line.find() ? Integer.parseInt(line.group(1)) : 0;
  }

  /** The peer has sent BYE. */
  public void peerLeft() {
    List.copyOf(open).forEach(OutgoingRefer::peerLeft);
    open.removeIf(OutgoingRefer::isOver);
  }

  /** The dialog is over. */
  public void end() {
    List.copyOf(open).forEach(refer -> close(refer, OVER));
  }
}
