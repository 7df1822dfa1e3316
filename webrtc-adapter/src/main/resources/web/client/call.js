import { DetailEvent, RingdownError, callOver } from './errors.js';
import { LocalMedia } from './media.js';
import { Peer } from './peer.js';
import { failureReason, gatewayReason, ownReason } from './reasons.js';
import { summarize } from './stats.js';

/**
 * One call. Made by {@link RingdownClient#call} or handed over by its `incoming` event.
 *
 * Events: `statechange` {state, previous}, `track` {track, stream}, `media` (the gateway's
 * message), `dtmf` {digit, durationMs}, `hold` {held, holding}, `icestatechange` {iceConnectionState,
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
  /** Incoming: the caller offers video. */
  offersVideo = false;
  /** Outgoing: the gateway took the call. Incoming: its offer is taken in. */
  ready = null;
  #session;
  #runtime;
  #peer;
  #local;
  #announced = false;
  #answering = null;
  #transferring = null;

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
    this.#local = new LocalMedia(runtime.getUserMedia, () => this.state === 'ended');
    this.remoteStream = new runtime.MediaStream();
    this.pc = new runtime.RTCPeerConnection({ iceServers: runtime.iceServers });
    this.#peer = new Peer(this.pc, (candidate) => this.#tell('candidate', { candidate }));
    this.#watchPeer();
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
    return { startedAt, connectedAt, muted, ...this.#local.wishes };
  }

  /** Picks an incoming call up. A microphone that fails leaves the call ringing. */
  answer(options = {}) {
    if (this.state !== 'incoming') return Promise.reject(this.#wrongState('answered'));
    this.#answering ??= this.#pickUp(options).finally(() => { this.#answering = null; });
    return this.#answering;
  }

  /**
   * Refuses an incoming call.
   *
   * @param {'busy'|'decline'} [how]
   */
  decline(how = 'decline') {
    return this.#leave(how, how === 'busy' ? 'busy' : 'declined');
  }

  /** Ends the call, gives up an unanswered one, refuses an incoming one. */
  hangup() {
    if (this.state === 'incoming') return this.decline();
    return this.#leave('hangup', this.state === 'connected' ? 'hangup' : 'cancelled');
  }

  /**
   * Presses keys.
   *
   * @param {string} digits of `0-9 * # A-D`
   * @param {{durationMs?: number, gapMs?: number}} [timing]
   */
  async dtmf(digits, timing = {}) {
    await this.#session.request('dtmf', { call: this.id, digits, ...timing });
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
    return this.#transfer({ to });
  }

  /** Lets the other sides of this call and of another one talk to each other. As {@link transfer}. */
  transferTo(call) {
    return this.#transfer({ with: call.id });
  }

  /** Silences the microphone, or lets it speak again. */
  mute(muted = true) {
    this.#local.turnOff('audio', muted);
  }

  /** Shows the other side black instead of the camera, or the camera again. */
  pauseVideo(paused = true) {
    this.#local.turnOff('video', paused);
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
    const { iceConnectionState, connectionState } = this.pc;
    return { iceConnectionState, connectionState, ...summarize(await this.pc.getStats()) };
  }

  /** Gives the gateway what the browser sees, to be kept with the call. */
  async report() {
    await this.#session.request('stats', { call: this.id, report: await this.stats() });
  }

  /** Looks for a new network path. Happens by itself when the old one has failed. */
  async restartIce() {
    if (this.state !== 'connected' || this.pc.signalingState !== 'stable') return;
    await this.#offer({ iceRestart: true }).catch(() => {});
  }

  /**
   * After a reload: gives the call, which went on without a page, its microphone and sound again.
   *
   * @param {object} [options] as for {@link answer}; default: what the call had
   */
  async rejoin(options = {}) {
    await this.#send(options);
    await this.#offer();
  }

  /** Starts an outgoing call. For RingdownClient. */
  dial(options) {
    this.ready = this.#dial(options);
    this.ready.catch(() => {});
  }

  /** Takes an incoming call's offer in and alerts. For RingdownClient. */
  alert(sdp) {
    this.#announced = true;
    this.offersVideo = /^m=video [1-9]/m.test(sdp);
    this.#tell('ringing');
    this.ready = this.#apply(this.#peer.remoteOffer(sdp));
  }

  /** Takes over what went on before a reload. For RingdownClient. */
  restore({ state, held = false, holding = false }, { muted = false, audio, video, ...times } = {}) {
    this.#announced = true;
    Object.assign(this, { state: state === 'trying' ? 'calling' : state, held, holding }, times);
    Object.assign(this.#local.wishes, { audio, video });
    this.mute(muted);
  }

  /** Takes one event of the gateway. For RingdownClient. */
  receive(message) {
    switch (message.type) {
      case 'ringing': return this.#progress('ringing');
      case 'answer': return this.#answered(message.sdp);
      case 'accepted': return this.#connected();
      case 'candidate': return void this.#peer.remoteCandidate(message.candidate);
      case 'offer': return void this.#renegotiate(message.sdp).catch(() => {});
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
    if (['disconnected', 'failed'].includes(this.pc.iceConnectionState)) this.restartIce();
  }

  /** Ends the call on this side and gives everything back. For RingdownClient. */
  end(reason) {
    if (this.state === 'ended') return;
    this.reason = reason;
    this.#endTransfer(reason.code === 'transferred' ? null : callOver());
    this.#peer.close();
    this.#local.release();
    this.#enter('ended');
    this.#emit('ended', reason);
  }

  async #dial(options) {
    try {
      await this.#send(options);
      const sdp = await this.#peer.offer();
      this.#announced = true;
      await this.#session.request('call', {
        call: this.id, to: this.to, sdp, ...(options.headers ? { headers: options.headers } : {}) });
      this.#peer.trickle();
    } catch (error) {
      this.end(failureReason(error, this.#announced ? 'gateway' : 'local'));
      throw error;
    }
  }

  async #pickUp(options) {
    await this.ready;
    await this.#send(options);
    try {
      const sdp = await this.#peer.answer();
      await this.#session.request('answer', { call: this.id, sdp });
    } catch (error) {
      this.end(failureReason(error, 'gateway'));
      throw error;
    }
    this.#peer.trickle();
    this.#connected();
  }

  async #send(options) {
    await this.#local.open(options);
    this.#peer.send(this.#local.stream, this.#local.wishes);
  }

  /** A renegotiation of ours. One that the gateway refuses changes nothing. */
  async #offer(options) {
    try {
      const sdp = await this.#peer.offer(options);
      await this.#session.request('offer', { call: this.id, sdp });
      this.#peer.trickle();
    } catch (error) {
      await this.#peer.rollback().catch(() => {});
      throw error;
    }
  }

  async #replace(kind, deviceId) {
    const sender = this.pc.getSenders().find((s) => s.track?.kind === kind);
    if (!sender) throw this.#wrongState(`given another device: it sends no ${kind}`);
    await sender.replaceTrack(await this.#local.replace(kind, deviceId, this.#runtime.MediaStream));
  }

  async #leave(verb, code) {
    if (this.state === 'ended') return;
    const told = this.#announced
      ? this.#session.request('hangup', { call: this.id, reason: verb }) : null;
    this.end(ownReason(code));
    await told?.catch(() => {});
  }

  #answered(sdp) {
    if (this.state === 'calling' || this.state === 'ringing') this.#progress('early');
    this.#apply(this.#peer.remoteAnswer(sdp));
  }

  #progress(state) {
    if (['calling', 'ringing', 'early'].includes(this.state)) this.#enter(state);
  }

  #connected() {
    if (this.state === 'connected' || this.state === 'ended') return;
    this.connectedAt = Date.now();
    this.#enter('connected');
  }

  async #renegotiate(sdp) {
    await this.#apply(this.#peer.remoteOffer(sdp));
    if (this.state === 'ended') return;
    const answer = await this.#peer.answer();
    this.#tell('answer', { sdp: answer });
    this.#peer.trickle();
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

  async #transfer(target) {
    if (this.#transferring) throw this.#wrongState('transferred twice');
    const done = new Promise((resolve, reject) => { this.#transferring = { resolve, reject }; });
    done.catch(() => {});
    try {
      await this.#session.request('transfer', { call: this.id, ...target });
    } catch (error) {
      this.#transferring = null;
      throw error;
    }
    return done;
  }

  #transferred({ to, status, reason }) {
    if (to) this.remote = { uri: to.uri, display: to.display ?? '' };
    if (status === 'accepted') this.#endTransfer(null);
    if (status === 'failed') {
      this.#endTransfer(new RingdownError({ ...reason, message: reason.text }));
    }
    this.#emit('transfer', { status: status ?? 'changed', reason, remote: this.remote });
  }

  #endTransfer(error) {
    const transfer = this.#transferring;
    this.#transferring = null;
    if (error) transfer?.reject(error);
    else transfer?.resolve();
  }

  async #setHolding(holding) {
    await this.#session.request(holding ? 'hold' : 'resume', { call: this.id });
    this.#holdChanged({ holding });
  }

  #holdChanged(change) {
    Object.assign(this, change);
    this.#emit('hold', { held: this.held, holding: this.holding });
  }

  #watchPeer() {
    this.pc.ontrack = ({ track }) => {
      this.remoteStream.addTrack(track);
      this.#emit('track', { track, stream: this.remoteStream });
    };
    this.pc.oniceconnectionstatechange = () => this.#iceChanged();
    this.pc.onconnectionstatechange = () => this.#iceChanged();
  }

  #iceChanged() {
    const { iceConnectionState, connectionState } = this.pc;
    this.#emit('icestatechange', { iceConnectionState, connectionState });
    if (iceConnectionState === 'failed') this.restartIce();
  }

  /** A request whose refusal changes nothing here: the gateway's own events say what follows. */
  #tell(type, fields) {
    this.#session.request(type, { call: this.id, ...fields }).catch(() => {});
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
    return new RingdownError({
      code: 'wrong-state', message: `The call is "${this.state}" and cannot be ${verb}.` });
  }
}
