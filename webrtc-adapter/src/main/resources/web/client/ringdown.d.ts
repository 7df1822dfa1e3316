/** Types of the browser client. The protocol underneath is `ringdown.v1`. */

export type ConnectionState = 'connecting' | 'online' | 'reconnecting' | 'offline';
export type CallState = 'calling' | 'incoming' | 'ringing' | 'early' | 'connected' | 'ended';
export type Wish = boolean | 'recvonly';

/** Codes of the gateway's stable list that pages switch on most; others may come. */
export type ReasonCode =
  | 'hangup' | 'busy' | 'declined' | 'no-answer' | 'cancelled' | 'answered-elsewhere'
  | 'transferred'
  | 'not-found' | 'unavailable' | 'forbidden' | 'not-acceptable-media'
  | 'ice-failed' | 'dtls-failed' | 'no-rtp-from-sip' | 'no-rtp-from-browser'
  | 'timeout' | 'connection-lost' | 'overloaded' | 'shutting-down'
  | 'bad-request' | 'not-supported' | 'unknown-call' | 'wrong-state'
  | 'unauthorized' | 'token-expired' | 'server-error'
  // of the client's own making:
  | 'microphone' | 'camera' | 'connection-failed' | 'session-taken' | 'closed' | 'client-error'
  | (string & {});

export interface ClientOptions {
  /** Default: `/ws` of the host that the page came from, `wss:` on an https page. */
  url?: string;
  user?: string;
  password?: string;
  /** Instead of `user` and `password`. A function is asked at each sign-in and before a token ends. */
  token?: string | (() => string | Promise<string>);
  /**
   * Such as `sessionStorage`: session and calls outlive a reload of the page. One client per
   * gateway and storage. Default: none.
   */
  storage?: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
  /** `relay`: sound goes over TURN or not at all. Default `all`. */
  iceTransportPolicy?: RTCIceTransportPolicy;
  /** A label for this page among the user's devices. */
  device?: string;
  /** Milliseconds. */
  timing?: {
    /** How long an event may wait for its acknowledgement. */
    ackMs?: number;
    /** A request without a reply for so long means a dead connection. */
    replyMs?: number;
    heartbeatMs?: number;
    backoffMs?: number;
    backoffMaxMs?: number;
    /** How long TURN credentials are used at least before new ones are asked for. */
    renewMs?: number;
    /** How long a preflight looks for network paths at most. Default 5000. */
    gatherMs?: number;
  };
  /** Replacements for tests. */
  WebSocket?: unknown;
  RTCPeerConnection?: unknown;
  MediaStream?: unknown;
  getUserMedia?: (constraints: MediaStreamConstraints) => Promise<MediaStream>;
}

export interface MediaOptions {
  /** Default true. `'recvonly'` listens without a microphone. */
  audio?: Wish;
  /** Default false. */
  video?: Wish;
  /** Sent instead of the microphone; never stopped by the client. */
  stream?: MediaStream;
  /** Handed to getUserMedia for the kinds that are sent. */
  constraints?: MediaStreamConstraints;
}

export interface HeaderOptions {
  /** Header fields for the other side, as far as the gateway allows them. */
  headers?: Record<string, string>;
}

export interface CallOptions extends MediaOptions, HeaderOptions {}

export interface Welcome {
  type: 'welcome';
  seq?: number;
  session: string;
  resumeToken: string;
  resumed: boolean;
  resumeSeconds: number;
  user: string;
  iceServers: RTCIceServer[];
  calls: unknown[];
}

export interface Party {
  uri: string;
  /** Empty if unknown. */
  display: string;
}

/** Why a call is over. */
export interface Reason {
  by: 'local' | 'remote' | 'gateway';
  code: ReasonCode;
  /** A sentence for a person. */
  text: string;
  /** What the person can do about it; empty if nothing. */
  remedy: string;
  /** SIP status, if there was one. */
  sip: number | null;
  /** Q.850 cause, if there was one. */
  q850: number | null;
}

/** What the gateway sees of the media; `connected` again when sound is back after `one-way`. */
export interface MediaEvent {
  type: 'media';
  call: string;
  state: 'connecting' | 'connected' | 'lost' | 'one-way' | (string & {});
  evidence?: Record<string, unknown>;
  /** What is wrong, if something is. */
  verdict?: Verdict;
}

export interface Verdict {
  code: ReasonCode;
  /** Between it and the gateway. */
  hop?: 'browser' | 'phone' | (string & {});
  /** Which way nothing comes. */
  direction?: 'from-browser' | 'from-phone' | 'both' | (string & {});
  text: string;
  remedy?: string;
}

export interface CallStats {
  iceConnectionState: RTCIceConnectionState;
  connectionState: RTCPeerConnectionState;
  /** Such as `PCMU/8000`. */
  codec: string | null;
  roundTripMs: number | null;
  jitterMs: number | null;
  packetsSent: number;
  packetsReceived: number;
  packetsLost: number;
  lossPercent: number;
  /** What the gateway lost of ours. */
  remoteLossPercent: number | null;
  bytesSent: number;
  bytesReceived: number;
  /** 0 to 1. */
  audioLevel: number | null;
  samplesReceived: number;
  /** Of those received: made up by the browser because a packet was late or lost. */
  samplesConcealed: number;
  /** Such as `VP8 640x480 30/s`. */
  videoIn: string | null;
  videoOut: string | null;
  /** Such as `host udp 192.0.2.1:50000`. */
  localCandidate: string | null;
  remoteCandidate: string | null;
}

/** `none`: the gateway hands out no such server. */
export type Reached = 'reached' | 'unreached' | 'none';

/** Facts of one moment. */
export interface Preflight {
  /** To the gateway and back. */
  signallingMs: number;
  /** What the browser's own look for network paths has found; null if it was not asked to. */
  network: {
    /** How many of each kind. */
    candidates: { host: number; srflx: number; relay: number };
    /** The gateway's media port itself: whether UDP gets there. */
    gateway: Reached;
    /** The servers that `welcome` handed out. */
    stun: Reached;
    turn: Reached;
    errors: { url: string; code: number; text: string }[];
  } | null;
  /** `none`: no call, or one without sound. `reason` is empty if all is good. */
  expected: { level: 'good' | 'fair' | 'poor' | 'none'; reason: string };

  user: string;
  /** Pages signed in as this user, this one among them. */
  pages: number;
  /** Phones registered for this user. */
  phones: number;
  /** The gateway's UDP port for media; it answers STUN. */
  mediaPort: number;
  /** Its addresses, as STUN URLs. */
  stun: string[];
  /** What the gateway passes on, in the order of browsers: the other side chooses. */
  codecs: string[];
  /** The trunks that `testLine` may test. */
  lines: string[];
  /** Whether one more call would be taken. */
  accepting: boolean;
  /** If `to` was asked for. */
  to?: {
    reachable: boolean;
    kind?: 'user' | 'group' | 'extension' | 'trunk' | (string & {});
    /** Of users: where they can be reached. */
    pages?: number;
    phones?: number;
    /** What a call would use if the other side has it, such as `opus`. */
    codec?: string;
    /** What is offered there, in this order. */
    codecs?: string[];
    /** Of a trunk, reachable or not; `optionsMs`: how long its server takes to answer OPTIONS. */
    trunk?: { name: string; state: 'starting' | 'up' | 'down'; optionsMs?: number };
    code?: ReasonCode;
    text?: string;
    remedy?: string;
  };
}

/** What a test of a line has found at one step. */
export interface LineFinding {
  trunk: string;
  step: 'trunk' | 'call' | 'sound' | 'digits' | 'end' | (string & {});
  /** Absent if it cannot be told. */
  passed?: boolean;
  ms: number;
  /** A sentence for a person. */
  text: string;
  code?: ReasonCode;
  remedy?: string;
}

export interface LogEntry {
  direction: 'in' | 'out';
  /** Milliseconds since the epoch. */
  at: number;
  /** The JSON message, secrets blanked. */
  message: { type: string; [field: string]: unknown };
}

/** What every rejected promise of the client carries. */
export class RingdownError extends Error {
  constructor(
    what: { code: string; message: string; remedy?: string; field?: string | null },
    cause?: unknown);
  readonly code: ReasonCode;
  readonly remedy: string;
  /** JSON pointer of the field that the gateway did not accept. */
  readonly field: string | null;
}

interface ClientEvents {
  connectionchange: { state: ConnectionState; error?: RingdownError };
  incoming: { call: Call };
  message: { from: Party; text: string };
  /** A call that went on while the page was loaded anew; give it sound by `call.rejoin()`. */
  restored: { call: Call };
  welcome: Welcome;
  /** A `token` that is a function renews it by itself; else `renewToken`. */
  'token-expiring': { seconds: number };
  goodbye: { reason?: string; reconnectAfterMs?: number };
  'message-log': LogEntry;
}

interface CallEvents {
  statechange: { state: CallState; previous: CallState };
  track: { track: MediaStreamTrack; stream: MediaStream };
  media: MediaEvent;
  /** The gateway cannot use a new offer of ours; the call goes on as it was. */
  refused: Reason;
  dtmf: { digit: string; durationMs: number };
  hold: { held: boolean; holding: boolean };
  /** Our own transfer, or `changed`: the other side has transferred the call to `remote`. */
  transfer: {
    status: 'ringing' | 'accepted' | 'failed' | 'changed';
    /** Why it failed. */
    reason?: Omit<Reason, 'by'>;
    remote: Party;
  };
  icestatechange: {
    iceConnectionState: RTCIceConnectionState;
    connectionState: RTCPeerConnectionState;
  };
  ended: Reason;
}

type Listener<T> = (event: Event & { detail: T }) => void;

/** A signed-in page. It reconnects by itself and keeps its calls meanwhile. */
export class RingdownClient extends EventTarget {
  constructor(options?: ClientOptions);
  readonly state: ConnectionState;
  readonly calls: Map<string, Call>;
  /** Whether an earlier page has left a session in `storage` that `connect` would resume. */
  readonly resumable: boolean;
  /** Signs in, or resumes what an earlier page has left. Rejects with a RingdownError. */
  connect(): Promise<Welcome>;
  /** Returns at once; `ready` is settled by the gateway's reply. */
  call(to: string, options?: CallOptions): Call;
  /**
   * Sends a text of up to 1,000 characters. Resolves when it has arrived, with the SIP status if a
   * phone took it; rejects with the reason why not.
   */
  message(to: string, text: string): Promise<{ sip: number | null }>;
  /** Stays signed in with a fresh token of the same user. */
  renewToken(token: string): Promise<void>;
  /** What a call would find, whether `to` could be reached, and which network paths are open. */
  preflight(to?: string, options?: { network?: boolean }): Promise<Preflight>;
  /**
   * Tests a line to the outside: the gateway calls its test number. Resolves when that is over;
   * rejects if no test can be made.
   */
  testLine(
    trunk?: string,
    onFinding?: (finding: LineFinding) => void,
  ): Promise<{ passed: boolean; text: string; findings: LineFinding[] }>;
  /** Hangs everything up and stays offline. */
  close(): Promise<void>;
  addEventListener<K extends keyof ClientEvents>(
    type: K, listener: Listener<ClientEvents[K]>,
    options?: boolean | AddEventListenerOptions): void;
  addEventListener(
    type: string, listener: EventListenerOrEventListenerObject | null,
    options?: boolean | AddEventListenerOptions): void;
}

export class Call extends EventTarget {
  private constructor();
  readonly id: string;
  readonly direction: 'outgoing' | 'incoming';
  readonly state: CallState;
  /** Who is at the other side; changes with a `transfer` event of status `changed`. */
  readonly remote: Party;
  /** What was called. */
  readonly to: string;
  readonly pc: RTCPeerConnection;
  readonly localStream: MediaStream | null;
  readonly remoteStream: MediaStream;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  readonly connectedAt: number | null;
  readonly reason: Reason | null;
  readonly muted: boolean;
  readonly videoPaused: boolean;
  /** Incoming: the caller offers video. */
  readonly offersVideo: boolean;
  /** The other side has put us on hold. */
  readonly held: boolean;
  /** We have put the other side on hold. */
  readonly holding: boolean;
  readonly media: MediaEvent | null;
  /**
   * Outgoing: the gateway took the call; rejects with a RingdownError. Incoming: its offer is
   * taken in.
   */
  readonly ready: Promise<void>;
  /** Fulfilled when both sides are connected; rejected with the reason if the call ends before. */
  readonly answered: Promise<void>;

  /**
   * Header fields that the other side has said so far, by lower-case name, as far as the gateway
   * lets them pass: with the call, when it rang, picked up, or hung up.
   */
  readonly headers: Readonly<Record<string, string>>;

  /** If the microphone fails, it rejects with code `microphone` and the call rings on. */
  answer(options?: CallOptions): Promise<void>;
  decline(how?: 'busy' | 'decline', options?: HeaderOptions): Promise<void>;
  hangup(options?: HeaderOptions): Promise<void>;
  dtmf(digits: string, timing?: { durationMs?: number; gapMs?: number }): Promise<void>;
  /** Neither side hears the other until `resume`; the other side is told. */
  hold(): Promise<void>;
  resume(): Promise<void>;
  /**
   * Lets the other side talk to somebody else. Resolves when that one has picked up; this call then
   * ends with `transferred`. Rejects with the reason, and then the call is as it was.
   */
  transfer(to: string): Promise<void>;
  /** Joins the other sides of this call and of another one; both end here with `transferred`. */
  transferTo(call: Call): Promise<void>;
  mute(muted?: boolean): void;
  /** Black for the other side instead of the camera. */
  pauseVideo(paused?: boolean): void;
  /**
   * Adds the camera to a call that goes on; the other side need not send one. Rejects, and the call
   * stays as it was, with `not-acceptable-media` if the other side takes no video.
   */
  startVideo(options?: Pick<MediaOptions, 'stream' | 'constraints'>): Promise<void>;
  /** Takes the camera out of the call; the other side's picture stays. */
  stopVideo(): Promise<void>;
  replaceMicrophone(deviceId: string): Promise<void>;
  replaceCamera(deviceId: string): Promise<void>;
  /** After a reload, for a `restored` call: opens the microphone and brings the sound back. */
  rejoin(options?: MediaOptions): Promise<void>;
  /** Looks for a new network path. Happens by itself when the old one has failed. */
  restartIce(): Promise<void>;
  stats(): Promise<CallStats>;
  /**
   * Gives the gateway `stats()`, to be kept with the call. Resolves with what the gateway sees of this
   * page's media at that moment, as in the `evidence` of `media`; empty before there are any.
   */
  report(): Promise<Record<string, unknown>>;
  addEventListener<K extends keyof CallEvents>(
    type: K, listener: Listener<CallEvents[K]>,
    options?: boolean | AddEventListenerOptions): void;
  addEventListener(
    type: string, listener: EventListenerOrEventListenerObject | null,
    options?: boolean | AddEventListenerOptions): void;
}
