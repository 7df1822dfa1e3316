/**
 * One signed-in session over any number of WebSockets, one after the other: hello and resume,
 * requests and replies, numbered events and their acknowledgement, reconnecting with back-off.
 */
import { RingdownError, closed, connectionFailed, connectionLost, noToken, taken, wrongUrl } from './errors.js';
import { Received, Requests } from './ledger.js';
import { Timers } from './timers.js';

const SUBPROTOCOL = 'ringdown.v1';
const OPEN = 1;
const TAKEN = 4001;
const TEMPORARY = new Set(['overloaded', 'shutting-down', 'server-error', 'timeout']);

/** Times in milliseconds; `new RingdownClient({timing: {...}})` changes single ones. */
const TIMING = {
  ackMs: 200, replyMs: 10_000, heartbeatMs: 20_000, backoffMs: 300, backoffMaxMs: 10_000,
};

export class Session {
  state = 'offline';
  #options;
  #listener;
  #timing;
  #socket = null;
  #identity = null;
  #helloId = null;
  #opening = null;
  #received = new Received();
  #requests = new Requests();
  /** Ids are never used twice in a session, which may outlive this page. */
  #idPrefix = `${Date.now().toString(36)}-`;
  #nextId = 1;
  #attempt = 0;
  #pauseMs = null;
  #timers = new Timers();
  #resumeSeconds = 60;
  #heartbeat = null;
  #onNetworkBack = () => this.wake();

  /**
   * @param options those of RingdownClient
   * @param listener `state(state, error)`, `welcome(message)`, `event(message)`, `lost()` (the
   *     session and its calls are gone), `log(direction, message)`
   */
  constructor(options, listener) {
    this.#options = options;
    this.#listener = listener;
    this.#timing = { ...TIMING, ...options.timing };
  }

  /** Signs in. Rejects if the gateway cannot be reached or refuses. */
  connect() {
    if (!this.#opening && this.state === 'offline') {
      const { promise } = this.#opening = settleable();
      this.#watchNetwork();
      this.#open('connecting');
      return promise;
    }
    return this.#opening?.promise ?? Promise.reject(new RingdownError({
      code: 'wrong-state', message: 'The client is already connected.', remedy: 'Close it first.' }));
  }

  /** Sends a request; waits for a connection if there is none. Resolves with the `ok`. */
  request(type, fields) {
    if (this.state === 'offline') return Promise.reject(closed());
    const message = { type, id: this.#newId(), ...fields };
    const reply = this.#requests.add(message);
    if (this.state === 'online') this.#transmit(message);
    return reply;
  }

  /** Leaves for good: the gateway need not wait for us. */
  close() {
    if (this.state === 'online') this.#transmit({ type: 'goodbye', id: this.#newId() });
    const socket = this.#detach();
    socket?.close(1000, 'goodbye');
    this.#giveUp(closed());
  }

  /** What another page needs to go on with the session; null if there is none. */
  get memory() {
    return this.#identity && {
      ...this.#identity, ack: this.#received.last, resumeSeconds: this.#resumeSeconds };
  }

  /** Before {@link connect}: goes on with the session that another page has left. */
  remember({ session, resumeToken, ack }) {
    this.#identity = { session, resumeToken };
    this.#received.last = ack;
  }

  /** Tries at once instead of waiting for the next attempt, or renews a socket that may be dead. */
  wake() {
    if (this.state === 'reconnecting' || this.state === 'online') this.#renew();
  }

  #open(state) {
    this.#enter(state);
    const { WebSocket, url } = this.#options;
    try {
      this.#socket = new WebSocket(url, [SUBPROTOCOL]);
    } catch (error) {
      this.#giveUp(wrongUrl(url, error));
      return;
    }
    const socket = this.#socket;
    const current = (handle) => (event) => { if (socket === this.#socket) handle(event); };
    socket.onopen = current(() => this.#hello());
    socket.onmessage = current((event) => this.#receive(JSON.parse(event.data)));
    socket.onclose = current((event) => this.#closed(event));
    this.#timers.arm('reply', this.#timing.replyMs, () => this.#renew());
  }

  #hello() {
    if (this.#identity) this.#introduce({ ...this.#identity, ack: this.#received.last });
    else if (typeof this.#options.token === 'function') this.#fetchToken(this.#options.token);
    else this.#signIn(this.#options);
  }

  async #fetchToken(fetch) {
    const socket = this.#socket;
    const current = (act) => { if (socket === this.#socket) act(); };
    try {
      const token = await fetch();
      current(() => this.#signIn({ ...this.#options, token }));
    } catch (error) {
      current(() => this.#refused(noToken(error)));
    }
  }

  async #renewToken(fetch) {
    if (typeof fetch !== 'function') return;
    try {
      await this.request('hello', { token: await fetch() });
    } catch {
      // The old token holds until its end, and of that the gateway tells.
    }
  }

  #signIn({ user, password, token, device }) {
    this.#introduce({ ...(token ? { token } : { user, password }), ...(device ? { device } : {}) });
  }

  #introduce(who) {
    this.#helloId = this.#newId();
    this.#put({ type: 'hello', id: this.#helloId, ...who });
  }

  #receive(message) {
    this.#listener.log('in', message);
    if (message.seq !== undefined) this.#acknowledgeSoon();
    if (message.type === 'ok' || message.type === 'error') this.#reply(message);
    else if (message.type === 'welcome') this.#welcomed(message);
    else if (message.seq === undefined || this.#received.accept(message.seq)) this.#event(message);
  }

  #reply(message) {
    if (message.type === 'error' && this.#isForHello(message)) {
      this.#refused(new RingdownError(message));
      return;
    }
    this.#requests.settle(message);
    if (this.state === 'online') this.#awaitReply();
  }

  #isForHello(message) {
    return this.state !== 'online' && (message.id === this.#helloId || message.id == null);
  }

  #welcomed(message) {
    if (this.#isStale(message)) return;
    if (this.#identity && !message.resumed) this.#forget();
    this.#identity = { session: message.session, resumeToken: message.resumeToken };
    this.#resumeSeconds = message.resumeSeconds ?? this.#resumeSeconds;
    if (message.seq !== undefined) this.#received.acceptWelcome(message.seq);
    this.#attempt = 0;
    this.#timers.disarm('grace');
    this.#listener.welcome(message);
    this.#enter('online');
    this.#requests.repeat((request) => this.#transmit(request));
    this.#awaitReply();
    this.#opening?.resolve(message);
    this.#opening = null;
  }

  /** An earlier welcome of this session, replayed because it was never acknowledged. */
  #isStale({ session, seq }) {
    return session === this.#identity?.session
      && (this.state === 'online' || seq <= this.#received.last);
  }

  /** A refused resume is followed by a new sign-in if there is something to sign in with. */
  #refused(error) {
    if (!this.#opening && TEMPORARY.has(error.code)) {
      this.#socket.close();
      this.#dropped();
    } else if (this.#identity) {
      this.#forget();
      if (!this.#options.user && !this.#options.token) this.#refused(error);
      else if (this.#socket.readyState === OPEN) this.#hello();
    } else {
      this.#detach()?.close(1000);
      this.#giveUp(error);
    }
  }

  #event(message) {
    if (message.type === 'goodbye') this.#pauseMs = message.reconnectAfterMs ?? null;
    if (message.type === 'token-expiring') this.#renewToken(this.#options.token);
    this.#listener.event(message);
  }

  #closed({ code }) {
    if (code !== TAKEN) {
      this.#dropped();
      return;
    }
    this.#detach();
    this.#listener.lost();
    this.#giveUp(taken());
  }

  #dropped() {
    this.#detach();
    if (this.#opening) {
      this.#giveUp(connectionFailed(this.#options.url));
      return;
    }
    if (this.#identity && !this.#timers.has('grace')) {
      this.#timers.arm('grace', this.#resumeSeconds * 1000, () => this.#forget());
    }
    this.#enter('reconnecting');
    this.#timers.arm('retry', this.#nextDelay(), () => this.#open('reconnecting'));
  }

  #nextDelay() {
    const { backoffMs, backoffMaxMs } = this.#timing;
    const pause = this.#pauseMs ?? 0;
    this.#pauseMs = null;
    const longest = Math.min(backoffMaxMs, backoffMs * 2 ** this.#attempt++);
    return pause + longest * (0.5 + Math.random() / 2);
  }

  #renew() {
    this.#detach()?.close();
    if (this.#opening) this.#dropped();
    else this.#open('reconnecting');
  }

  /** The session is gone on the gateway's side: its calls, its numbers, its requests. */
  #forget() {
    this.#timers.disarm('grace');
    this.#identity = null;
    this.#received = new Received();
    this.#requests.rejectAll(connectionLost());
    this.#listener.lost();
  }

  #giveUp(error) {
    this.#identity = null;
    this.#received = new Received();
    this.#requests.rejectAll(error);
    clearInterval(this.#heartbeat);
    globalThis.removeEventListener?.('online', this.#onNetworkBack);
    this.#timers.disarmAll();
    this.#enter('offline', error);
    this.#opening?.reject(error);
    this.#opening = null;
  }

  #enter(state, error) {
    if (state === this.state) return;
    this.state = state;
    this.#listener.state(state, error);
  }

  #transmit(message) {
    const ack = this.#received.last;
    this.#timers.disarm('ack');
    this.#put(ack ? { ...message, ack } : message);
    if (!this.#timers.has('reply')) this.#awaitReply();
  }

  #put(message) {
    this.#listener.log('out', message);
    this.#socket.send(JSON.stringify(message));
  }

  #acknowledgeSoon() {
    if (this.#timers.has('ack')) return;
    this.#timers.arm('ack', this.#timing.ackMs, () => {
      if (this.state === 'online') this.#put({ type: 'ack', ack: this.#received.last });
    });
  }

  /** A gateway that leaves requests without a reply is taken for a dead socket. */
  #awaitReply() {
    this.#timers.disarm('reply');
    if (this.#requests.size) this.#timers.arm('reply', this.#timing.replyMs, () => this.#renew());
  }

  /** A page hears nothing of WebSocket pings, nor that its machine slept: it asks by itself. */
  #watchNetwork() {
    globalThis.addEventListener?.('online', this.#onNetworkBack);
    this.#heartbeat = setInterval(() => {
      if (this.state === 'online' && !this.#requests.size) this.request('ack').catch(() => {});
    }, this.#timing.heartbeatMs);
    this.#heartbeat.unref?.();
  }

  #detach() {
    const socket = this.#socket;
    this.#socket = null;
    this.#timers.disarm('ack', 'reply', 'retry');
    return socket;
  }

  #newId() {
    return this.#idPrefix + this.#nextId++;
  }
}

function settleable() {
  const settle = {};
  settle.promise = new Promise((resolve, reject) => Object.assign(settle, { resolve, reject }));
  return settle;
}
