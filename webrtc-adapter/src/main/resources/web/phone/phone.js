/** The signed-in phone: which call is in front, which view is shown, and what is heard. */
import { CallView } from './call-view.js';
import { DialView } from './dial-view.js';
import { $, announce } from './dom.js';
import { EndedView } from './ended-view.js';
import { History } from './history.js';
import { Inspect } from './inspect.js';
import { RingingView } from './ringing-view.js';
import { Settings } from './settings.js';
import { Tones } from './tones.js';
import { WaitingCalls } from './waiting.js';
import { isOrdinaryEnd, nameOf } from './words.js';

const VIEWS = ['dial', 'incoming', 'call', 'ended'];

export class Phone {
  tones = new Tones();
  inspect = new Inspect();
  audio = $('remote');
  /** The call in front, or null. */
  current = null;
  #second = null;
  #waiting = new WaitingCalls((call) => this.switchTo(call));
  #client = null;
  #history = null;
  #view = 'dial';
  #settings = new Settings(this);
  #views = {
    dial: new DialView(this),
    incoming: new RingingView(this),
    call: new CallView(this),
    ended: new EndedView(this),
  };

  /** Uses a client that has signed in. */
  start(client, user) {
    this.#client = client;
    this.#history = new History(user, (number) => this.dial(number));
    client.addEventListener('incoming', (event) => this.#rings(event.detail.call));
    this.showDial();
  }

  get lastDialled() {
    return this.#history.lastDialled;
  }

  /** @returns {boolean} whether the call is on its way */
  dial(number, options = {}) {
    if (this.current || this.#client.state !== 'online') {
      announce(this.current ? 'Hang up first, then call again.' : 'There is no connection yet.');
      return false;
    }
    this.tones.unlock();
    this.#adopt(this.#client.call(number, { constraints: this.#settings.constraints, ...options }));
    return true;
  }

  async answer(call, options = {}) {
    this.tones.stop();
    this.#hear(call);
    await call.answer({ constraints: this.#settings.constraints, ...options });
  }

  hangup() {
    this.current?.hangup();
  }

  /** Refuses the second caller. */
  decline() {
    this.#second?.decline('busy');
  }

  /** Ends the call in front for the second caller. */
  endAndAnswer() {
    const call = this.#second;
    this.#setSecond(null);
    const before = this.current;
    this.#adopt(call);
    before.hangup();
    this.#views.incoming.pickUp();
  }

  /** Lets the call in front wait for the second caller. */
  async holdAndAnswer() {
    const call = this.#second;
    if (!await this.#park() || call.state !== 'incoming' || call !== this.#second) return;
    this.#setSecond(null);
    this.#adopt(call);
    this.#views.incoming.pickUp();
  }

  /** Goes on with a call that waits; the one in front waits instead. */
  async switchTo(call) {
    if (this.current && !await this.#park()) return;
    if (call.state === 'ended') return;
    this.#front(call);
    await call.resume().catch((error) => this.#views.call.failed(error));
  }

  /** Holds the call in front. @returns {Promise<boolean>} whether it may be left */
  async #park() {
    const call = this.current;
    if (call.state !== 'connected') return false;
    try {
      if (!call.holding) await call.hold();
    } catch (error) {
      if (call.state !== 'ended') this.#views.call.failed(error);
    }
    return call.holding || call.state === 'ended';
  }

  replaceMicrophone(id) {
    return this.current.replaceMicrophone(id).then(() => this.#views.call.listen());
  }

  openSettings() {
    this.tones.unlock();
    this.#settings.open();
  }

  showDial() {
    this.#show('dial');
    this.#views.dial.focus();
  }

  /** A digit from the keyboard. */
  typed(digit) {
    if (this.#view === 'ended') this.showDial();
    if (this.#view === 'dial') this.#views.dial.type(digit);
    else if (this.#view === 'call') this.#views.call.press(digit);
    else return false;
    return true;
  }

  /** The Enter key, outside any button. */
  enter() {
    if (this.#view === 'dial') this.#views.dial.call();
    else if (this.#view === 'incoming') this.#views.incoming.answer();
    else if (this.#second) this.#answerSecond();
    else return false;
    return true;
  }

  /** The Escape key. */
  escape() {
    if (this.#second) this.decline();
    else if (this.current) this.hangup();
    else if (this.#view === 'ended') this.showDial();
    else this.#views.dial.clear();
    return true;
  }

  #answerSecond() {
    if (this.current.state === 'connected') this.holdAndAnswer();
    else this.endAndAnswer();
  }

  #rings(call) {
    if (this.current) {
      this.#setSecond(this.#second ? this.#refuse(call) : call);
      return;
    }
    this.#adopt(call);
    this.tones.ring();
  }

  /** A third caller finds the line busy. */
  #refuse(call) {
    call.decline('busy');
    return this.#second;
  }

  #setSecond(call) {
    this.#second = call;
    this.#views.incoming.showSecond(call, this.current?.state === 'connected');
    call?.addEventListener('ended', () => {
      if (this.#second !== call) return;
      this.#history.add(call);
      this.#setSecond(null);
    });
  }

  /** A new call, in front of all others. */
  #adopt(call) {
    call.addEventListener('statechange', () => this.#changed(call));
    call.addEventListener('track', () => this.#hear(call));
    for (const type of ['media', 'hold', 'icestatechange']) {
      call.addEventListener(type, () => this.#views.call.update());
    }
    call.addEventListener('ended', () => this.#over(call));
    this.#front(call);
  }

  #front(call) {
    this.#waiting.swap(call, this.current);
    this.current = call;
    this.inspect.follow(call);
    if (call.connectedAt) this.#hear(call);
    this.#show(call.state === 'incoming' ? 'incoming' : 'call', call);
    document.title = `${nameOf(call.remote)} – Ringdown`;
  }

  #changed(call) {
    if (call !== this.current || call.state === 'ended') return;
    if (call.state === 'connected') {
      this.tones.stop();
      announce('Connected');
      if (this.#view !== 'call') this.#show('call', call);
    } else if (call.state === 'ringing') {
      announce('Ringing');
    }
    this.#views.call.update();
  }

  /** Early media is heard too; an incoming call only once it is answered. */
  #hear(call) {
    if (call !== this.current) return;
    if (call.direction === 'incoming' && call.state === 'incoming' && this.tones.playing) return;
    this.audio.srcObject = call.remoteStream;
    this.audio.play().catch(() => {});
    this.#views.call.listen();
  }

  #over(call) {
    this.#history.add(call);
    this.#waiting.remove(call);
    if (call !== this.current) return;
    this.tones.stop();
    this.tones.ended(!isOrdinaryEnd(call));
    this.current = null;
    this.audio.srcObject = null;
    document.title = 'Ringdown';
    const next = this.#second;
    this.#setSecond(null);
    if (next?.state === 'incoming') this.#rings(next);
    else this.#afterwards(call);
  }

  /** A call that waits comes to the front, still on hold: its person may not be ready. */
  #afterwards(ended) {
    const waiting = this.#waiting.newest;
    if (!waiting) {
      this.#show('ended', ended);
      return;
    }
    this.#front(waiting);
    announce(`The call with ${nameOf(ended.remote)} is over. ${nameOf(waiting.remote)} is on hold.`);
  }

  #show(view, call) {
    this.#views[this.#view].leave?.();
    this.#view = view;
    for (const name of VIEWS) $(`view-${name}`).hidden = name !== view;
    if (call) this.#views[view].show(call);
    if (view === 'call') $('call-name').focus({ preventScroll: true });
  }
}
