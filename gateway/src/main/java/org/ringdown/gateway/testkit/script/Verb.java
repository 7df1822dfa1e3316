package org.ringdown.gateway.testkit.script;

import static org.ringdown.gateway.testkit.script.Verb.Who.BOTH;
import static org.ringdown.gateway.testkit.script.Verb.Who.PAGE;
import static org.ringdown.gateway.testkit.script.Verb.Who.PHONE;

/** Everything an actor can be told: the whole grammar of sentences. */
public enum Verb {
  /** Begins a call. */
  CALLS(BOTH, "calls <target> [with <codecs>]", "begins a call"),
  /** Alerts: 180, or the page's {@code ringing}. */
  RINGS(BOTH, "rings [as <branch>]", "says that it alerts (180; JSON ringing)"),
  /** Picks up. */
  ANSWERS(BOTH, "answers [with <codecs>] [as <branch>]", "picks up (200; JSON answer)"),
  /** Sound before the answer. */
  PLAYS_EARLY(PHONE, "gives early media [with <codecs>] [as <branch>]", "183 with SDP"),
  /** Says no. */
  REFUSES(BOTH, "refuses [with <status>]", "says no; 603 or decline unless told otherwise"),
  /** Ends. */
  HANGS_UP(BOTH, "hangs up", "ends the call: BYE, CANCEL or a refusal, as its state asks"),
  /** Puts on hold. */
  HOLDS(BOTH, "holds", "puts the other side on hold (re-INVITE; JSON hold)"),
  /** Takes off hold. */
  RESUMES(BOTH, "resumes", "takes it back"),
  /** Blind transfer. */
  TRANSFERS(BOTH, "transfers to <target>", "sends the other side to somebody else (REFER; JSON)"),
  /** Attended transfer. */
  JOINS(
      BOTH,
      "joins calls",
      "connects the other sides of its two calls (REFER with Replaces; JSON transfer with)"),
  /** Goes back to an older call. */
  TURNS(BOTH, "turns to other call", "what follows is about its other call"),
  /** Sends a tone. */
  PLAYS(BOTH, "plays <hz> Hz", "sends a tone instead of silence"),
  /** Sends the sound of a file. */
  PLAYS_FILE(BOTH, "plays file <file> [in loop]", "sends a WAV file, and then silence"),
  /** Sends captured packets. */
  REPLAYS(
      BOTH,
      "replays <file> [stream <ssrc>]",
      "sends the RTP of a pcap file as it was captured, then silence"),
  /** Waits for the end of a file. */
  FINISHES(BOTH, "finishes playing", "waits until the file is at its end"),
  /** Sends no packets. */
  STOPS_SENDING(BOTH, "stops sending", "sends no RTP until it plays again"),
  /** Loses some packets. */
  LOSES(BOTH, "loses <percent> of packets", "leaves out this share of the RTP it sends"),
  /** Writes a file. */
  RECORDS(
      BOTH,
      "records to <file>",
      "writes a WAV file of what it hears (left) and sends (right) from now on"),
  /** A tone must come. */
  HEARS(BOTH, "hears <hz> Hz [within <time>]", "finds this tone in what comes"),
  /** Silence must come. */
  HEARS_NOTHING(BOTH, "hears nothing [for <time>]", "finds no sound in what comes, for so long"),
  /** Presses keys. */
  PRESSES(BOTH, "presses <digits>", "sends digits (RFC 4733; JSON dtmf)"),
  /** Digits must come. */
  HEARS_DIGITS(BOTH, "hears digits <digits> [within <time>]", "gets these digits in this order"),
  /** A message must come. */
  EXPECTS(
      BOTH,
      "expects <event> [within <time>] [before <event>]",
      "a message must come, or must have come and not been expected yet"),
  /** A message must not come. */
  EXPECTS_NO(BOTH, "expects no <event> [for <time>]", "no such message may come"),
  /** Old messages count no longer. */
  FORGETS(BOTH, "forgets what came", "no later expectation is met by it"),
  /** Any message. */
  SENDS(
      BOTH, "sends <event> [with <codecs>] [as <branch>]", "a request, a status or a JSON message"),
  /** Signs in at the registrar. */
  REGISTERS(PHONE, "registers [for <time>]", "REGISTER, answered with the password"),
  /** Signs out. */
  UNREGISTERS(PHONE, "unregisters", "takes its registration back"),
  /** Keeps a call with a session timer. */
  REFRESHES(
      PHONE, "refreshes session [by <refresh>]", "lets its timer (RFC 4028) begin anew; UPDATE"),
  /** Loses messages. */
  DROPS(PHONE, "drops <count> <event> <direction>", "the message is lost"),
  /** Delays messages. */
  DELAYS(PHONE, "delays <count> <event> <direction> by <time>", "the message comes late"),
  /** Doubles messages. */
  DUPLICATES(PHONE, "duplicates <count> <event> <direction>", "the message comes twice"),
  /** Changes the order. */
  REORDERS(PHONE, "reorders <count> <event> <direction>", "the message comes after the next one"),
  /** Answers requests by itself. */
  WILL_ANSWER(PHONE, "will answer <method> with <status>", "from now on, by itself"),
  /** Leaves requests unanswered. */
  WILL_NOT_ANSWER(PHONE, "will not answer <method>", "leaves the answer to the script"),
  /** Asks for the password. */
  WILL_CHALLENGE(PHONE, "will challenge <method>", "asks for its password (401), then answers 200"),
  /** Signs in at the gateway. */
  SIGNS_IN(PAGE, "signs in", "connects and says hello"),
  /** Leaves. */
  SIGNS_OUT(PAGE, "signs out", "says goodbye"),
  /** The connection breaks. */
  CUTS(BOTH, "cuts connection", "the WebSocket is reset; a phone is gone, port and all"),
  /** Nothing goes through, both ways. */
  STALLS(PAGE, "stalls connection", "nothing goes through any more, and nobody is told"),
  /** Only one way is dead. */
  HALF_OPENS(PAGE, "half-opens connection", "what the page sends still arrives; it hears nothing"),
  /** Resumes the session. */
  COMES_BACK(
      BOTH, "comes back", "connects again and resumes its session; a phone on the same port"),
  /** Another port for media. */
  MOVES(BOTH, "moves to another port", "media go on from there; a phone says so by re-INVITE"),
  /** New ICE. */
  RESTARTS_ICE(PAGE, "restarts ICE", "new credentials and another port, by an offer"),
  /** Another network. */
  CHANGES_NETWORK(
      BOTH,
      "changes network",
      "another address: a phone registers and sends re-INVITEs, a page resumes and restarts ICE");

  /** Who can do it. */
  public enum Who {
    /** SIP phones and trunk peers. */
    PHONE,
    /** WebRTC pages. */
    PAGE,
    /** Either. */
    BOTH
  }

  private final Who who;
  private final Form form;
  private final String meaning;

  Verb(Who who, String form, String meaning) {
    this.who = who;
    this.form = Form.of(form);
    this.meaning = meaning;
  }

  /** Who can do it. */
  public Who who() {
    return who;
  }

  /** Its sentence, such as {@code calls <target> [with <codecs>]}. */
  public String sentence() {
    return form.toString();
  }

  /** What it does, in a few words. */
  public String meaning() {
    return meaning;
  }

  /** The form of its sentences, articles and variables included, for a schema. */
  public String regex() {
    return form.regex();
  }

  Form form() {
    return form;
  }
}
