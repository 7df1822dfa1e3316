/** The signed-in phone: which call is in front, which view is shown, and what is heard. */
import { CallView } from './call-view.js';
import { DialView } from './dial-view.js';
import { $, announce, onClick } from './dom.js';
import { EndedView } from './ended-view.js';
import { History } from './history.js';
import { Inspect } from './inspect.js';
import { Lines } from './lines.js';
import { LinesView } from './lines-view.js';
import { Monitor } from './monitor.js';
import { RingingView } from './ringing-view.js';
import { Settings } from './settings.js';
import { Tones } from './tones.js';
import { isOrdinaryEnd, nameOf } from './words.js';

const VIEWS = ['dial', 'incoming', 'call', 'ended'];

export class Phone {
  tones = new Tones();
  inspect = new Inspect();
  lines = new Lines();
  audio = $('remote');
  #client = null;
  #history = null;
  #view = 'dial';
  #settings = new Settings(this);
  #linesView = new LinesView(this);
  #monitors = new WeakMap();
  #views = {
    dial: new DialView(this),
    incoming: new RingingView(this),
    call: new CallView(this),
    ended: new EndedView(this),
  };

  constructor() {
    onClick('sound-on', () => this.#play());
  }

  /** Uses a client from its first welcome on. */
  use(client) {
    client.addEventListener('welcome', ({ detail }) => this.#start(client, detail.user), { once: true });
    client.addEventListener('incoming', (event) => this.#rings(event.detail.call));
    client.addEventListener('restored', (event) => this.#comesBack(event.detail.call));
  }

  /** The call in front, or null. */
  get current() {
    return this.lines.front;
  }

  get constraints() {
    return this.#settings.constraints;
  }

  get lastDialled() {
    return this.#history.lastDialled;
  }

  /** Calls; a call that goes on waits meanwhile. @returns {Promise<boolean>} whether it is on its way */
  async dial(number, options = {}) {
    this.tones.unlock();
    if (this.#client.state !== 'online') return this.#refuse('There is no connection yet.');
    if (this.current && !await this.#park()) return this.#refuse('Finish the call in front first, then call again.');
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

  /** Ends the call in front for another caller. */
  endAndAnswer(call) {
    const before = this.current;
    this.#front(call);
    before?.hangup();
    this.#views.incoming.pickUp();
  }

  /** Lets the call in front wait for another caller. */
  async holdAndAnswer(call) {
    if (!await this.#park() || call.state !== 'incoming') return;
    this.#front(call);
    this.#views.incoming.pickUp();
  }

  /** Lets the call in front wait while somebody else is called. */
  async addCall() {
    if (!await this.#park()) return;
    this.lines.bring(null);
    this.audio.srcObject = null;
    this.showDial();
  }

  /** Goes on with a call that waits; the one in front waits instead. */
  async switchTo(call) {
    if (this.current && !await this.#park()) return;
    if (call.state === 'ended') return;
    this.#front(call);
    if (call.holding) await call.resume().catch((error) => this.#views.call.failed(error));
  }

  replaceMicrophone(id) {
    return this.current.replaceMicrophone(id).then(() => this.#views.call.listen());
  }

  /** What a call to the number on the dial pad would find. */
  async checkLine() {
    const number = this.#views.dial.number;
    return { number, found: await this.#client.preflight(number) };
  }

  testLine(trunk, onFinding) {
    return this.#client.testLine(trunk, onFinding);
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
    const [caller] = this.lines.callers;
    if (this.#view === 'dial') this.#views.dial.call();
    else if (this.#view === 'incoming') this.#views.incoming.answer();
    else if (caller && this.current?.state === 'connected') this.holdAndAnswer(caller);
    else if (caller) this.endAndAnswer(caller);
    else return false;
    return true;
  }

  /** The Escape key. */
  escape() {
    const [caller] = this.lines.callers;
    if (this.#view === 'call' && this.#views.call.closePanel()) return true;
    if (caller) caller.decline('busy');
    else if (this.current) this.hangup();
    else if (this.#view === 'ended') this.showDial();
    else this.#views.dial.clear();
    return true;
  }

  #start(client, user) {
    this.#client = client;
    this.#history = new History(user, (number) => this.dial(number));
    this.showDial();
  }

  #refuse(text) {
    announce(text);
    if (this.#view === 'call') this.#views.call.failed({ message: text });
    return false;
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

  #rings(call) {
    this.#watch(call);
    if (!this.current) {
      this.#front(call);
      this.tones.ring();
      return;
    }
    this.lines.add(call);
    this.#linesView.update();
    this.tones.knock();
    announce(`${nameOf(call.remote)} is calling too`);
  }

  /** A call that went on while the page was loaded anew. */
  async #comesBack(call) {
    this.#watch(call);
    if (this.current && (call.holding || !this.current.holding)) this.lines.add(call);
    else this.#front(call);
    this.#linesView.update();
    const { constraints } = this.#settings;
    await call.rejoin({ constraints })
      .catch(() => call.rejoin({ audio: 'recvonly', video: false }))
      .catch((error) => this.#views.call.failed(error));
    this.#views.call.listen();
  }

  #adopt(call) {
    this.#watch(call);
    this.#front(call);
  }

  #watch(call) {
    this.#monitors.set(call, new Monitor(call));
    call.addEventListener('statechange', () => this.#changed(call));
    call.addEventListener('track', () => this.#hear(call));
    call.addEventListener('transfer', ({ detail }) => this.#transferred(call, detail));
    for (const type of ['media', 'hold', 'icestatechange']) {
      call.addEventListener(type, () => this.#updated());
    }
    call.addEventListener('ended', () => this.#over(call));
  }

  #updated() {
    this.#views.call.update();
    this.#linesView.update();
  }

  #front(call) {
    this.lines.bring(call);
    this.inspect.follow(this.#monitors.get(call));
    if (call.connectedAt) this.#hear(call);
    this.#show(call.state === 'incoming' ? 'incoming' : 'call', call);
    this.#title(call);
  }

  #title(call) {
    document.title = call ? `${nameOf(call.remote)} – Ringdown` : 'Ringdown';
  }

  #changed(call) {
    if (call === this.current && call.state !== 'ended') {
      if (call.state === 'connected') this.#connected(call);
      else if (call.state === 'ringing') announce('Ringing');
    }
    this.#updated();
  }

  #connected(call) {
    this.tones.stop();
    announce('Connected');
    if (this.#view !== 'call') this.#show('call', call);
  }

  /** The other side has handed the call on: somebody else talks to us now. */
  #transferred(call, { status }) {
    if (status !== 'changed') return;
    if (call === this.current) this.#title(call);
    announce(`You talk to ${nameOf(call.remote)} now`);
    this.#updated();
  }

  /** Early media is heard too; an incoming call only once it is answered. */
  #hear(call) {
    if (call !== this.current) return;
    if (call.direction === 'incoming' && call.state === 'incoming' && this.tones.playing) return;
    this.audio.srcObject = call.remoteStream;
    this.#play();
    this.#views.call.listen();
  }

  /** A page that nobody has touched since it was loaded may be kept silent by the browser. */
  async #play() {
    const { error } = await this.audio.play().then(() => ({}), (reason) => ({ error: reason }));
    $('sound-strip').hidden = error?.name !== 'NotAllowedError';
  }

  #over(call) {
    const wasInFront = call === this.current;
    this.#history.add(call);
    this.lines.remove(call);
    if (wasInFront) this.#afterwards(call);
    this.#linesView.update();
  }

  /** Another caller rings on; a call that waits comes to the front, still on hold. */
  #afterwards(ended) {
    this.tones.stop();
    this.tones.ended(!isOrdinaryEnd(ended));
    this.audio.srcObject = null;
    this.#title(null);
    const [caller] = this.lines.callers;
    const [waiting] = this.lines.waiting;
    if (caller) this.#front(caller);
    else if (waiting) this.#goOnWith(waiting, ended);
    else this.#show('ended', ended);
    if (caller) this.tones.ring();
  }

  #goOnWith(call, ended) {
    this.#front(call);
    announce(`The call with ${nameOf(ended.remote)} is over. ${nameOf(call.remote)} is on hold.`);
    if (isOrdinaryEnd(ended)) return;
    this.#views.call.failed({ message: `${nameOf(ended.remote)}: ${ended.reason.text}`, remedy: ended.reason.remedy });
  }

  #show(view, call) {
    this.#views[this.#view].leave?.();
    this.#view = view;
    for (const name of VIEWS) $(`view-${name}`).hidden = name !== view;
    if (call) this.#views[view].show(call, this.#monitors.get(call));
    if (view === 'call') $('call-name').focus({ preventScroll: true });
    this.#linesView.update();
  }
}
