/** A call that is going out or going on. */
import { $, announce, onClick, tell } from './dom.js';
import { LevelMeter } from './level.js';
import { buildPad, flashKey } from './pad.js';
import { initialOf, mediaTrouble, nameOf, numberOf, statusOf } from './words.js';

const RINGBACK_CHECK_MS = 1000;

export class CallView {
  #tones;
  #call = null;
  #alerted = false;
  #timer = null;
  #packets = 0;
  #failure = '';
  #meters = { out: new LevelMeter($('level-out')), in: new LevelMeter($('level-in')) };

  /** @param phone {hangup(), tones, openSettings()} */
  constructor(phone) {
    this.#tones = phone.tones;
    buildPad($('tone-pad'), (digit) => this.press(digit));
    onClick('mute', () => this.#mute(!this.#call.muted));
    onClick('hold', () => this.#hold());
    onClick('keypad-toggle', () => this.#keypad($('call-keypad').hidden));
    onClick('call-sound', () => phone.openSettings());
    onClick('hangup', () => phone.hangup());
  }

  /** Shows a call until {@link leave}. */
  show(call) {
    this.#call = call;
    this.#alerted = call.state === 'ringing';
    this.#packets = 0;
    this.#failure = '';
    $('call-initial').textContent = initialOf(call.remote);
    $('call-name').textContent = nameOf(call.remote);
    $('call-number').textContent = numberOf(call.remote);
    $('digits-sent').textContent = '';
    this.#keypad(false);
    this.#mute(call.muted);
    this.#timer = setInterval(() => this.#tick(), RINGBACK_CHECK_MS);
    this.update();
  }

  leave() {
    clearInterval(this.#timer);
    this.#meters.out.stop();
    this.#meters.in.stop();
    this.#call = null;
  }

  /** The call's state has changed. */
  update() {
    const call = this.#call;
    if (!call) return;
    this.#alerted ||= call.state === 'ringing';
    const connected = call.state === 'connected';
    $('call-avatar').classList.toggle('ringing', !connected);
    $('call-levels').hidden = !connected || call.holding || call.held;
    $('hold').setAttribute('aria-pressed', String(call.holding));
    for (const id of ['mute', 'hold', 'keypad-toggle', 'call-sound']) $(id).disabled = !connected;
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

  /** Something that was asked for in this call was refused. */
  failed(error) {
    this.#failure = error.message;
    this.#notice();
  }

  /** Sends a tone to the other side. */
  press(digit) {
    if (this.#call?.state !== 'connected' || !/[\d*#]/.test(digit)) return;
    this.#call.dtmf(digit).catch((error) => this.failed(error));
    this.#tones.key(digit);
    $('digits-sent').textContent = ($('digits-sent').textContent + digit).slice(-24);
    this.#keypad(true);
    flashKey($('tone-pad'), digit);
  }

  #mute(muted) {
    this.#call.mute(muted);
    $('mute').setAttribute('aria-pressed', String(muted));
    $('mute-label').textContent = muted ? 'Unmute' : 'Mute';
    this.#notice();
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

  #keypad(open) {
    $('call-keypad').hidden = !open;
    $('keypad-toggle').setAttribute('aria-expanded', String(open));
  }

  #tick() {
    if (!this.#call) return;
    $('call-status').textContent = statusOf(this.#call, this.#alerted);
    this.#notice();
    this.#ringback();
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
