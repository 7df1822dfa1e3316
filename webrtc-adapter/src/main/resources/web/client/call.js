import { DetailEvent, RingdownError, callOver } from './errors.js';
import { LocalMedia } from './media.js';
import { Negotiation, offersVideo } from './negotiation.js';
import { NetworkPath } from './path.js';
import { failureReason, gatewayReason, ownReason } from './reasons.js';
import { summarize } from './stats.js';
import { Transfer } from './transfer.js';

/**
 * One call. Made by {@link RingdownClient#call} or handed over by its `incoming` event.
 *
 * Events: `statechange` {state, previous}, `track` {track, stream}, `media` (the gateway's
 * message), `refused` (why the gateway cannot use a new offer of ours; the call goes on), `dtmf` {digit, durationMs}, `hold` {held, holding}, `icestatechange` {iceConnectionState,
 * connectionState}, `transfer` {status: 'ringing'|'accepted'|'failed' of our own, or 'changed':
 * `remote` is somebody else now; reason}, `ended` (the reason). All carry their value in `event.detail`.
 */
export class Call extends EventTarget {
  /** @type {'calling'|'incoming'|'ringing'|'early'|'connected'|'ended'} */
  state;
  startedAt = Date.now();
  connectedAt = null;
  reason = null;
  /** The other side holds us. */
  held = false;
  /** We hold the other side. */
  holding = false;
  media = null;
  /** Header fields that the other side has said so far, by lower-case name. */
  headers = {};
  /** Incoming: the caller offers video. */
  offersVideo = false;
  /** Outgoing: the gateway took the call. Incoming: its offer is taken in. */
  ready = null;
  /** Fulfilled when both sides are connected; rejected with the reason if the call ends before. */
  answered;
  #settleAnswered;
  #session;
  #runtime;
  #negotiation;
  #path;
  #local;
  #announced = false;
  #answering = null;
  /** The gateway's offer that the page before a reload has not answered. */
  #openOffer = null;
  #transfer = new Transfer();

  /**
   * Not for pages: use {@link RingdownClient#call}.
   *
   * @param facts {id, direction, to, remote}
   * @param session sends requests
   * @param runtime {RTCPeerConnection, MediaStream, getUserMedia, iceServers}
   */
  constructor({ id, direction, to, remote }, session, runtime) {
    super();
    Object.assign(this, { id, direction, to, remote });
    this.state = direction === 'outgoing' ? 'calling' : 'incoming';
    this.#session = session;
    this.#runtime = runtime;
    this.answered = new Promise((resolve, reject) => { this.#settleAnswered = { resolve, reject }; });
    this.answered.catch(() => {});
    this.#local = new LocalMedia(runtime, () => this.state === 'ended');
    this.remoteStream = new runtime.MediaStream();
    this.pc = new runtime.RTCPeerConnection({
      iceServers: runtime.iceServers, iceTransportPolicy: runtime.iceTransportPolicy });
    this.#negotiation = new Negotiation(this.pc, (type, fields) => this.#request(type, fields));
    this.#path = new NetworkPath(this.pc, runtime.iceTransportPolicy, {
      changed: (states) => this.#emit('icestatechange', states),
      lost: () => this.restartIce(),
      impossible: (verdict) => this.receive({ type: 'media', call: this.id, state: 'lost', verdict }),
    });
    this.pc.ontrack = ({ track }) => this.#arrived(track);
  }

  get localStream() {
    return this.#local.stream;
  }

  get muted() {
    return this.#local.isOff('audio');
  }

  get videoPaused() {
    return this.#local.isOff('video');
  }

  /** What the page that comes after a reload must know. For RingdownClient. */
  get memory() {
    const { startedAt, connectedAt, muted } = this;
    const { wishes } = this.#local;
    return { startedAt, connectedAt, muted, ...wishes, video: wishes.video || (this.#seesVideo() && 'recvonly') };
  }

  /**
   * Picks an incoming call up. A microphone that fails leaves the call ringing.
   *
   * @param {{headers?: Record<string, string>}} [options] as for {@link RingdownClient#call}
   */
  answer(options = {}) {
    if (this.state !== 'incoming') return Promise.reject(this.#wrongState('answered'));
    this.#answering ??= this.#pickUp(options).finally(() => { this.#answering = null; });
    return this.#answering;
  }

  /**
   * Refuses an incoming call.
   *
   * @param {'busy'|'decline'} [how]
   * @param {{headers?: Record<string, string>}} [options]
   */
  decline(how = 'decline', options = {}) {
    return this.#leave(how, how === 'busy' ? 'busy' : 'declined', options);
  }

  /**
   * Ends the call, gives up an unanswered one, refuses an incoming one.
   *
   * @param {{headers?: Record<string, string>}} [options] header fields for the other side
   */
  hangup(options = {}) {
    if (this.state === 'incoming') return this.decline('decline', options);
    return this.#leave('hangup', this.state === 'connected' ? 'hangup' : 'cancelled', options);
  }

  /**
   * Presses keys.
   *
   * @param {string} digits of `0-9 * # A-D`
   * @param {{durationMs?: number, gapMs?: number}} [timing]
   */
  async dtmf(digits, timing = {}) {
    await this.#ask('sent digits', 'dtmf', { digits, ...timing });
  }

  /** Lets the other side wait: neither hears the other until {@link resume}. */
  hold() {
    return this.#setHolding(true);
  }

  /** Takes a {@link hold} back. */
  resume() {
    return this.#setHolding(false);
  }

  /**
   * Lets the other side talk to somebody else. Resolves when that one has picked up (this call then
   * ends with `transferred`); rejects with the reason, and then the call is as it was.
   *
   * @param {string} to as in {@link RingdownClient#call}
   */
  transfer(to) {
    return this.#handOver({ to });
  }

  /** Lets the other sides of this call and of another one talk to each other. As {@link transfer}. */
  transferTo(call) {
    return this.#handOver({ with: call.id });
  }

  /** Silences the microphone, or lets it speak again. */
  mute(muted = true) {
    this.#local.turnOff('audio', muted);
  }

  /** Shows the other side black instead of the camera, or the camera again. */
  pauseVideo(paused = true) {
    this.#local.turnOff('video', paused);
  }

  /**
   * Adds the camera to a call that goes on. Rejects, and the call stays as it was, if there is no
   * camera, or the other side takes no video.
   *
   * @param {object} [options] `stream` or `constraints` as for {@link answer}
   */
  async startVideo(options = {}) {
    if (this.state !== 'connected') throw this.#wrongState('given video');
    const track = await this.#local.add('video', options);
    try {
      await this.#negotiation.show(track, this.localStream);
    } catch (error) {
      this.#local.drop('video');
      throw error;
    }
  }

  /** Takes the camera out of the call; the other side's picture stays. */
  async stopVideo() {
    this.#local.drop('video');
    await this.#negotiation.hide('video');
  }

  /** Speaks through another microphone, without a new negotiation. */
  replaceMicrophone(deviceId) {
    return this.#replace('audio', deviceId);
  }

  /** Shows the picture of another camera, without a new negotiation. */
  replaceCamera(deviceId) {
    return this.#replace('video', deviceId);
  }

  /** What the browser sees of this call right now. */
  async stats() {
    return { ...this.#path.states, ...summarize(await this.pc.getStats()) };
  }

  /** Gives the gateway what the browser sees, to be kept with the call; resolves with what the gateway sees. */
  async report() {
    const known = Object.entries(await this.stats()).filter(([, value]) => value !== null);
    const { result } = await this.#request('stats', { report: Object.fromEntries(known) });
    return result;
  }

  /** Looks for a new network path. Happens by itself when the old one has failed. */
  async restartIce() {
    if (this.state === 'connected') await this.#negotiation.restartIce();
  }

  /**
   * After a reload: gives the call, which went on without a page, its microphone and sound again.
   *
   * @param {object} [options] as for {@link answer}; default: what the call had
   */
  async rejoin(options = {}) {
    if (this.#openOffer) await this.#apply(this.#negotiation.remoteOffer(this.#openOffer));
    await this.#send(options);
    await (this.#openOffer ? this.#negotiation.answer() : this.#negotiation.offer());
    this.#openOffer = null;
  }

  /** Starts an outgoing call. For RingdownClient. */
  dial(options) {
    this.ready = this.#dial(options);
    this.ready.catch(() => {});
  }

  /** Takes an incoming call's offer in and alerts. For RingdownClient. */
  alert({ sdp, headers }) {
    this.#announced = true;
    this.#hear(headers);
    this.offersVideo = offersVideo(sdp);
    this.#tell('ringing');
    this.ready = this.#apply(this.#negotiation.remoteOffer(sdp));
  }

  /** Takes over what went on before a reload. For RingdownClient. */
  restore({ state, held = false, holding = false, sdp = null }, before = {}) {
    const { muted = false, audio = true, video = false, ...times } = before;
    this.#announced = true;
    this.#openOffer = sdp;
    Object.assign(this, { state: state === 'trying' ? 'calling' : state, held, holding }, times);
    Object.assign(this.#local.wishes, { audio, video });
    this.mute(muted);
    if (state === 'connected') this.#settleAnswered.resolve();
  }

  /** Takes one event of the gateway. For RingdownClient. */
  receive(message) {
    this.#hear(message.headers);
    switch (message.type) {
      case 'ringing': return this.#progress('ringing');
      case 'answer': return this.#answered(message.sdp);
      case 'accepted': return this.#connected();
      case 'candidate': return this.#negotiation.remoteCandidate(message.candidate);
      case 'offer': return void this.#renegotiate(message.sdp).catch(() => {});
      case 'offer-refused': return this.#refused(message);
      case 'held': case 'resumed': return this.#holdChanged({ held: message.type === 'held' });
      case 'media': this.media = message; return this.#emit('media', message);
      case 'transferred': return this.#transferred(message);
      case 'dtmf': return this.#emit('dtmf', message);
      case 'hangup': return this.end(gatewayReason(message));
      default: return undefined;
    }
  }

  /** The signalling is back, perhaps over another network. For RingdownClient. */
  reconnected() {
    this.#path.check();
  }

  /** Ends the call on this side and gives everything back. For RingdownClient. */
  end(reason) {
    if (this.state === 'ended') return;
    this.reason = reason;
    this.#settleAnswered.reject(new RingdownError({ ...reason, message: reason.text }));
    this.#transfer.end(reason.code === 'transferred' ? null : callOver());
    this.#negotiation.close();
    this.#local.release();
    this.#enter('ended');
    this.#emit('ended', reason);
  }

  async #dial(options) {
    try {
      await this.#send(options);
      const fields = { to: this.to, ...said(options) };
      await this.#negotiation.call(fields, () => { this.#announced = true; });
    } catch (error) {
      this.end(failureReason(error, this.#announced ? 'gateway' : 'local'));
      throw error;
    }
  }

  async #pickUp(options) {
    await this.ready;
    await this.#send(options);
    try {
      await this.#negotiation.answer(said(options));
    } catch (error) {
      this.end(failureReason(error, 'gateway'));
      throw error;
    }
    this.#connected();
  }

  /** A picture that the other side has added is in no wish of ours. */
  #seesVideo() {
    return this.pc.getTransceivers().some(({ receiver, currentDirection }) =>
      receiver.track.kind === 'video' && /recv/.test(currentDirection));
  }

  async #send(options) {
    await this.#local.open(options);
    this.#negotiation.send(this.#local);
  }

  async #replace(kind, deviceId) {
    const sender = this.pc.getSenders().find((s) => s.track?.kind === kind);
    if (!sender) throw this.#wrongState(`given another device: it sends no ${kind}`);
    await sender.replaceTrack(await this.#local.replace(kind, deviceId));
  }

  async #leave(verb, code, options) {
    if (this.state === 'ended') return;
    const fields = { reason: verb, ...said(options) };
    const told = this.#announced ? this.#request('hangup', fields) : null;
    this.end(ownReason(code));
    await told?.catch(() => {});
  }

  #hear(headers = {}) {
    for (const [name, value] of Object.entries(headers)) this.headers[name.toLowerCase()] = value;
  }

  #answered(sdp) {
    if (this.state === 'calling' || this.state === 'ringing') this.#progress('early');
    this.#apply(this.#negotiation.remoteAnswer(sdp));
  }

  #refused(message) {
    this.#negotiation.rollback();
    this.#emit('refused', gatewayReason(message));
  }

  #progress(state) {
    if (['calling', 'ringing', 'early'].includes(this.state)) this.#enter(state);
  }

  #connected() {
    if (this.state === 'connected' || this.state === 'ended') return;
    this.connectedAt = Date.now();
    this.#settleAnswered.resolve();
    this.#enter('connected');
  }

  async #renegotiate(sdp) {
    await this.#apply(this.#negotiation.remoteOffer(sdp));
    if (this.state === 'ended') return;
    await this.#negotiation.answer();
  }

  /** A description of the gateway that the browser cannot use ends the call. */
  async #apply(step) {
    try {
      await step;
    } catch (error) {
      if (this.state === 'ended') return;
      this.#tell('hangup');
      this.end(failureReason(new RingdownError({
        code: 'not-acceptable-media',
        message: `The browser cannot use the gateway's session description (${error.message}).`,
        remedy: 'Tell the administrator of the gateway; the message log shows the description.',
      })));
    }
  }

  #handOver(target) {
    if (this.#transfer.isOpen) return Promise.reject(this.#wrongState('transferred twice'));
    return this.#transfer.begin(() => this.#ask('transferred', 'transfer', target));
  }

  #transferred(message) {
    const { to, status = 'changed', reason } = message;
    if (to) this.remote = { uri: to.uri, display: to.display ?? '' };
    this.#transfer.progress(message);
    this.#emit('transfer', { status, reason, remote: this.remote });
  }

  async #setHolding(holding) {
    await this.#ask(holding ? 'held' : 'resumed', holding ? 'hold' : 'resume');
    this.#holdChanged({ holding });
  }

  #holdChanged(change) {
    Object.assign(this, change);
    this.#emit('hold', { held: this.held, holding: this.holding });
  }

  #arrived(track) {
    this.remoteStream.addTrack(track);
    this.#emit('track', { track, stream: this.remoteStream });
  }

  /** A request whose refusal changes nothing here: the gateway's own events say what follows. */
  #tell(type, fields) {
    this.#request(type, fields).catch(() => {});
  }

  #request(type, fields) {
    return this.#session.request(type, { call: this.id, ...fields });
  }

  /** As {@link #request}, of a call that the gateway knows. */
  async #ask(verb, type, fields) {
    if (!this.#announced || this.state === 'ended') throw this.#wrongState(verb);
    return this.#request(type, fields);
  }

  #enter(state) {
    const previous = this.state;
    if (previous === state) return;
    this.state = state;
    this.#emit('statechange', { state, previous });
  }

  #emit(type, detail) {
    this.dispatchEvent(new DetailEvent(type, detail));
  }

  #wrongState(verb) {
    const remedy = this.connectedAt || this.state === 'ended' ? '' : 'Wait for `answered` first.';
    return new RingdownError({
      code: 'wrong-state', message: `The call is "${this.state}" and cannot be ${verb}.`, remedy });
  }
}

/** The header fields for the other side among the options of a page. */
function said({ headers }) {
  return headers ? { headers } : {};
}
