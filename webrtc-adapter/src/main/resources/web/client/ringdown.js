/**
 * Calls from a web page through a Ringdown gateway.
 *
 *     const client = new RingdownClient({ user: 'alice', password: '…' });
 *     await client.connect();
 *     const call = client.call('1001');
 *     call.addEventListener('track', (e) => { audio.srcObject = e.detail.stream; });
 */
import { Call } from './call.js';
import { DetailEvent, RingdownError, closed, connectionLost } from './errors.js';
import { browserMedia } from './media.js';
import { failureReason } from './reasons.js';
import { Session } from './session.js';
import { find, leave, take } from './storage.js';

export { Call, RingdownError };

const LONGEST_TIMEOUT_MS = 2 ** 31 - 1;
const SECRETS = ['password', 'token', 'resumeToken', 'iceServers'];

/**
 * A signed-in page. Survives lost connections together with its calls.
 *
 * Events: `connectionchange` {state, error}, `incoming` {call}, `restored` {call} (it went on while
 * the page was loaded anew: `call.rejoin()`), `welcome` and `goodbye` (the gateway's message),
 * `token-expiring` {seconds} (a `token` that is a function renews it by itself, else
 * {@link renewToken}), `message` {from, text}, `message-log` {direction, at, message}; each in `event.detail`.
 */
export class RingdownClient extends EventTarget {
  /** The calls going on, by their id. @type {Map<string, Call>} */
  calls = new Map();
  #session;
  #runtime;
  #callCount = 0;
  #renewal = null;
  /** What comes of requests later than their reply, by their id. */
  #awaited = new Map();
  /** What an earlier page has left of its calls, until the gateway says which go on. */
  #left = null;

  /**
   * @param {object} options
   * @param {string} [options.url] default: `/ws` of the host the page came from
   * @param {string} [options.user] with `password`; or `token` alone
   * @param {string | (() => Promise<string>)} [options.token] a function is asked at each sign-in
   *     and before a token ends
   * @param {Storage} [options.storage] such as sessionStorage: session and calls outlive a reload
   * @param {'all'|'relay'} [options.iceTransportPolicy] `relay`: sound goes over TURN or not at all
   * @param {string} [options.device] a label for this page among the user's devices
   * @param {object} [options.timing] milliseconds: ackMs, replyMs, heartbeatMs, backoffMs,
   *     backoffMaxMs, renewMs, gatherMs
   * Tests give their own `WebSocket`, `RTCPeerConnection`, `MediaStream`, `getUserMedia`.
   */
  constructor(options = {}) {
    super();
    const { WebSocket, RTCPeerConnection, MediaStream } = globalThis;
    const runtime = { WebSocket, RTCPeerConnection, MediaStream, getUserMedia: browserMedia };
    this.#runtime = { ...runtime, ...options, iceServers: [] };
    const url = options.url ?? gatewayOf(globalThis.location);
    this.#runtime.url = url;
    this.#session = new Session(this.#runtime, {
      state: (state, error) => this.#emit('connectionchange', { state, error }),
      welcome: (message) => this.#welcomed(message),
      event: (message) => this.#receive(message),
      lost: () => this.#endAll(),
      log: (direction, message) => this.#log(direction, message),
    });
    globalThis.addEventListener?.('pagehide', () => this.#pageGoes());
    globalThis.addEventListener?.('pageshow', (event) => { if (event.persisted) this.#take(); });
  }

  /** @returns {'offline'|'connecting'|'online'|'reconnecting'} */
  get state() {
    return this.#session.state;
  }

  /** Whether an earlier page has left a session in `storage` that {@link connect} would resume. */
  get resumable() {
    return find(this.#runtime.storage, this.#runtime.url) !== null;
  }

  /**
   * Signs in, or resumes what an earlier page has left in `storage`. Resolves with the `welcome`,
   * rejects with a {@link RingdownError}.
   */
  connect() {
    const left = this.state === 'offline' ? this.#take() : null;
    if (left) {
      this.#left = left.calls;
      this.#session.remember(left);
    }
    return this.#session.connect();
  }

  /**
   * Calls an extension, a number or a SIP URI.
   *
   * @param {string} to
   * @param {object} [options] `audio` and `video` (true, false, 'recvonly'), `stream` to send
   *     instead of the microphone, `constraints` for getUserMedia, `headers`
   * @returns {Call} at once; its `ready` is settled by the gateway's reply
   */
  call(to, options = {}) {
    const id = `p-${Date.now().toString(36)}-${++this.#callCount}`;
    const call = this.#newCall({ id, direction: 'outgoing', to, remote: { uri: to, display: '' } });
    call.dial(options);
    return call;
  }

  /** Stays signed in with a fresh token of the same user. */
  async renewToken(token) {
    await this.#session.request('hello', { token });
  }

  /**
   * Finds out what a call would find: asks the gateway, and looks for network paths.
   *
   * @param {string} [to] whom it would be to
   * @param {{network?: boolean}} [options] `network: false` only asks the gateway
   */
  async preflight(to, { network = true } = {}) {
    const { expectedQuality, probeNetwork } = await import('./preflight.js'); // Few pages ask, none at its start.
    const began = Date.now();
    const { result } = await this.#session.request('preflight', to ? { to } : {});
    const found = { ...result, signallingMs: Date.now() - began, network: null };
    if (network) found.network = await probeNetwork(this.#runtime, result.stun).catch(() => null);
    return { ...found, expected: expectedQuality(found) };
  }

  /**
   * Sends a text. Resolves when it has arrived, rejects with the reason why not.
   *
   * @param {string} to as in {@link call}
   * @param {string} text up to 1,000 characters
   */
  async message(to, text) {
    const { id } = await this.#session.request('message', { to, text });
    return this.#await(id);
  }

  /**
   * Tests a line to the outside: the gateway calls its test number. Resolves when that is over.
   *
   * @param {string} [trunk] one of `lines` of {@link preflight}; default: the first
   * @param {(finding: object) => void} [onFinding] told of each step
   */
  async testLine(trunk, onFinding = () => {}) {
    const { id } = await this.#session.request('line-test', trunk ? { trunk } : {});
    return this.#await(id, { onFinding, findings: [] });
  }

  #await(id, more = {}) {
    return new Promise((resolve, reject) => this.#awaited.set(id, { resolve, reject, ...more }));
  }

  /** Hangs everything up, says goodbye and stays offline. */
  async close() {
    clearTimeout(this.#renewal);
    for (const call of [...this.calls.values()]) call.hangup();
    this.#session.close();
    this.#endAwaited(closed());
  }

  #newCall(facts) {
    const call = new Call(facts, this.#session, this.#runtime);
    this.calls.set(call.id, call);
    call.addEventListener('ended', () => this.calls.delete(call.id));
    return call;
  }

  #welcomed(message) {
    this.#runtime.iceServers = message.iceServers ?? [];
    this.#renewBefore(expiryMs(this.#runtime.iceServers));
    for (const call of this.calls.values()) call.reconnected();
    this.#emit('welcome', message);
    const left = this.#left;
    this.#left = null;
    if (left && message.resumed) for (const facts of message.calls) this.#restore(facts, left[facts.call]);
  }

  /** A call that went on while the page was loaded anew. */
  #restore(now, before) {
    const { call: id, direction, from, to } = now;
    const incoming = direction === 'incoming';
    if (incoming && now.state !== 'connected') {
      this.#incoming(now);
      return;
    }
    const remote = incoming ? party(from) : { uri: to, display: '' };
    const call = this.#newCall({ id, direction, to, remote });
    call.restore(now, before);
    this.#emit('restored', { call });
  }

  /** With a storage the next page goes on; without one nobody will, and the other side need not wait. */
  #pageGoes() {
    const { storage, url } = this.#runtime;
    if (!storage) this.close();
    else if (this.#session.memory) leave(storage, { url, ...this.#session.memory, calls: this.#memories() });
  }

  #memories() {
    return Object.fromEntries([...this.calls].map(([id, call]) => [id, call.memory]));
  }

  #take() {
    return take(this.#runtime.storage, this.#runtime.url);
  }

  /** TURN credentials end by their own words; a resumed session gets new ones. */
  #renewBefore(at) {
    clearTimeout(this.#renewal);
    if (!Number.isFinite(at)) return;
    const least = this.#runtime.timing?.renewMs ?? 10_000;
    const pauseMs = Math.min(Math.max((at - Date.now()) * 0.8, least), LONGEST_TIMEOUT_MS);
    this.#renewal = setTimeout(() => this.#session.wake(), pauseMs);
    this.#renewal.unref?.();
  }

  /** What comes before the first welcome after a reload is about connections that are no more. */
  #receive(message) {
    if (this.#left && message.call) return;
    if (message.type === 'incoming') this.#incoming(message);
    else if (message.type === 'message') this.#emit('message', { from: party(message.from), text: message.text });
    else if (message.type === 'message-status') this.#textStatus(message);
    else if (message.type === 'line-test') this.#lineFinding(message);
    else if (['goodbye', 'token-expiring'].includes(message.type)) this.#emit(message.type, message);
    else this.calls.get(message.call)?.receive(message);
  }

  #incoming({ call: id, from, to, sdp, headers }) {
    const call = this.#newCall({ id, direction: 'incoming', to, remote: party(from) });
    call.alert({ sdp, headers });
    this.#emit('incoming', { call });
  }

  #textStatus({ id, delivered, sip = null, code, text, remedy }) {
    const sent = this.#awaited.get(id);
    this.#awaited.delete(id);
    if (delivered) sent?.resolve({ sip });
    else sent?.reject(new RingdownError({ code, message: text, remedy }));
  }

  #lineFinding({ type, seq, id, ...finding }) {
    const test = this.#awaited.get(id);
    if (finding.step === 'result') {
      this.#awaited.delete(id);
      test?.resolve({ passed: finding.passed, text: finding.text, findings: test.findings });
    } else {
      test?.findings.push(finding);
      test?.onFinding(finding);
    }
  }

  #endAll() {
    this.#endAwaited(connectionLost());
    for (const call of [...this.calls.values()]) call.end(failureReason(connectionLost(), 'gateway'));
  }

  #endAwaited(error) {
    for (const { reject } of this.#awaited.values()) reject(error);
    this.#awaited.clear();
  }

  #log(direction, message) {
    const hidden = SECRETS.filter((name) => name in message).map((name) => [name, '…']);
    this.#emit('message-log', {
      direction, at: Date.now(), message: { ...message, ...Object.fromEntries(hidden) } });
  }

  #emit(type, detail) {
    this.dispatchEvent(new DetailEvent(type, detail));
  }
}

const party = (from) => ({ uri: from?.uri ?? '', display: from?.display ?? '' });

/** When the first of the servers' time-limited credentials (`seconds:user`) ends. */
function expiryMs(servers) {
  const seconds = servers.map(({ username }) => /^(\d{9,}):/.exec(username ?? '')?.[1]).filter(Boolean);
  return Math.min(...seconds.map(Number)) * 1000;
}

function gatewayOf(location) {
  if (!location) throw new RingdownError({
    code: 'bad-request', message: 'The url is missing.', remedy: 'Give the option "url".' });
  return `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/ws`;
}
