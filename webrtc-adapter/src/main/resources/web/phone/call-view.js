/** A call that is going out or going on. */
import { $, announce, onClick, tell } from './dom.js';
import { Film } from './film.js';
import { LevelMeter } from './level.js';
import { buildPad, flashKey } from './pad.js';
import { judge } from './quality.js';
import { TransferView } from './transfer-view.js';
import { initialOf, mediaTrouble, nameOf, numberOf, statusOf } from './words.js';

const TICK_MS = 1000;
const NEEDS_A_CALL = ['mute', 'hold', 'keypad-toggle', 'camera-toggle', 'call-sound', 'transfer-toggle', 'add-call'];

export class CallView {
  #tones;
  #call = null;
  #monitor = null;
  #alerted = false;
  #timer = null;
  #packets = 0;
  #failure = '';
  #quietUntil = 0;
  #film = new Film();
  #transfer;
  #meters = { out: new LevelMeter($('level-out')), in: new LevelMeter($('level-in')) };

  /** @param phone {hangup(), tones, openSettings(), addCall(), lines, constraints} */
  constructor(phone) {
    this.#tones = phone.tones;
    this.#transfer = new TransferView(phone.lines);
    buildPad($('tone-pad'), (digit) => this.press(digit));
    onClick('mute', () => this.#mute(!this.#call.muted));
    onClick('hold', () => this.#hold());
    onClick('camera-toggle', () => this.#pauseVideo(!this.#call.videoPaused));
    onClick('start-video', () => this.#startVideo(phone.constraints));
    onClick('keypad-toggle', () => this.#open('call-keypad'));
    onClick('transfer-toggle', () => this.#open('transfer-panel'));
    onClick('call-sound', () => phone.openSettings());
    onClick('add-call', () => phone.addCall());
    onClick('hangup', () => phone.hangup());
  }

  /** Shows a call until {@link leave}. */
  show(call, monitor) {
    this.#call = call;
    this.#monitor = monitor;
    this.#alerted = call.state === 'ringing';
    this.#packets = 0;
    this.#failure = '';
    $('digits-sent').textContent = '';
    this.#open(null);
    this.#mute(call.muted);
    this.#pauseVideo(call.videoPaused);
    clearInterval(this.#timer);
    this.#timer = setInterval(() => this.#tick(), TICK_MS);
    this.update();
  }

  leave() {
    clearInterval(this.#timer);
    this.#meters.out.stop();
    this.#meters.in.stop();
    this.#film.stop();
    this.#transfer.leave();
    this.#call = null;
  }

  /** The call's state has changed. */
  update() {
    const call = this.#call;
    if (!call) return;
    this.#alerted ||= call.state === 'ringing';
    const connected = call.state === 'connected';
    $('call-initial').textContent = initialOf(call.remote);
    $('call-name').textContent = nameOf(call.remote);
    $('call-number').textContent = numberOf(call.remote);
    $('call-avatar').classList.toggle('ringing', !connected);
    $('call-levels').hidden = !connected || call.holding || call.held;
    $('hold').setAttribute('aria-pressed', String(call.holding));
    for (const id of NEEDS_A_CALL) $(id).disabled = !connected;
    $('hangup').lastElementChild.textContent = connected ? 'Hang up' : 'Cancel';
    if (connected) this.listen();
    this.#tick();
  }

  /** The streams have changed: the meters follow them. */
  listen() {
    if (this.#call?.state !== 'connected') return;
    this.#meters.out.follow(this.#call.localStream);
    this.#meters.in.follow(this.#call.remoteStream);
  }

  /** Something that was asked for was refused, or another call failed. */
  failed(error) {
    this.#failure = [error.message, error.remedy].filter(Boolean).join(' ');
    this.#notice();
  }

  /** Sends a tone to the other side. */
  press(digit) {
    if (this.#call?.state !== 'connected' || !/[\d*#]/.test(digit)) return;
    this.#call.dtmf(digit).catch((error) => this.failed(error));
    this.#tones.key(digit);
    $('digits-sent').textContent = ($('digits-sent').textContent + digit).slice(-24);
    if ($('call-keypad').hidden) this.#open('call-keypad');
    flashKey($('tone-pad'), digit);
  }

  /** @returns {boolean} whether there was an open panel to close */
  closePanel() {
    const open = !$('call-keypad').hidden || !$('transfer-panel').hidden;
    this.#open(null);
    return open;
  }

  #mute(muted) {
    this.#call.mute(muted);
    $('mute').setAttribute('aria-pressed', String(muted));
    this.#notice();
  }

  #pauseVideo(paused) {
    this.#call.pauseVideo(paused);
    $('camera-toggle').setAttribute('aria-pressed', String(paused));
  }

  async #startVideo(constraints) {
    const call = this.#call;
    $('start-video').disabled = true;
    await call.startVideo({ constraints }).catch((error) => { if (call === this.#call) this.failed(error); });
    $('start-video').disabled = false;
    this.update();
  }

  async #hold() {
    const call = this.#call;
    this.#failure = '';
    $('hold').disabled = true;
    try {
      await (call.holding ? call.resume() : call.hold());
      announce(call.holding ? 'On hold' : 'Call resumed');
    } catch (error) {
      if (call === this.#call) this.failed(error);
    }
    this.update();
    if (call === this.#call) $('hold').focus({ preventScroll: true });
  }

  /** Opens one of the two panels, or closes it if it is open. */
  #open(panel) {
    for (const [id, toggle] of [['call-keypad', 'keypad-toggle'], ['transfer-panel', 'transfer-toggle']]) {
      const open = id === panel && $(id).hidden;
      $(id).hidden = !open;
      $(toggle).setAttribute('aria-expanded', String(open));
    }
    if (!$('transfer-panel').hidden) this.#transfer.show(this.#call);
  }

  #tick() {
    if (!this.#call) return;
    $('call-status').textContent = statusOf(this.#call, this.#alerted);
    this.#film.update(this.#call);
    this.#quality();
    this.#notice();
    this.#ringback();
  }

  #quality() {
    const { state, holding, held, connectedAt } = this.#call;
    if (holding || held) this.#quietUntil = Date.now();
    const since = Math.max(connectedAt, this.#quietUntil);
    const calm = state === 'connected' && !mediaTrouble(this.#call);
    const verdict = calm ? judge(this.#monitor.samples.filter(({ at }) => at > since)) : null;
    $('quality').hidden = !verdict;
    if (!verdict) return;
    $('quality').dataset.level = verdict.level;
    $('quality-text').textContent = verdict.text;
  }

  #notice() {
    const call = this.#call;
    if (!call) return;
    const listening = call.state === 'connected' && !call.localStream
      ? 'You have no microphone in this call: you can only listen.' : '';
    const text = this.#failure || mediaTrouble(call) || (call.muted ? 'Your microphone is muted.' : listening);
    if ($('call-notice').textContent !== text) tell($('call-notice'), text);
  }

  /** Our own ringback, unless the other side sends sound of its own already. */
  async #ringback() {
    const call = this.#call;
    const waiting = this.#alerted && (call.state === 'ringing' || call.state === 'early');
    if (!waiting) {
      if (this.#tones.playing === 'ringback') this.#tones.stop();
      return;
    }
    const { packetsReceived } = await call.stats();
    const heard = packetsReceived > this.#packets;
    this.#packets = packetsReceived;
    if (call !== this.#call || call.state === 'connected') return;
    if (heard && this.#tones.playing) this.#tones.stop();
    else if (!heard) this.#tones.ringback();
  }
}
