/** Watches one call: its figures once a second, and what happened when. Kept for the internals. */
const EVERY_MS = 1000;
const SAMPLES_KEPT = 300;
const EVENTS_KEPT = 200;
const REPORT_EVERY = 15;

/** Events `sample` and `event`, when one more is there. */
export class Monitor extends EventTarget {
  samples = [];
  events = [];
  call;
  /** What the gateway saw of this page's media when it was last asked. */
  gateway = null;
  #timer;

  constructor(call) {
    super();
    this.call = call;
    this.note('call', `${call.direction}, ${call.state}`);
    this.#watch();
    this.#timer = setInterval(() => this.#sample(), EVERY_MS);
  }

  /** Adds to the timeline: what it is about, what happened, and what it is known by. */
  note(about, what, evidence) {
    this.events.push({ at: Date.now(), about, what, evidence });
    if (this.events.length > EVENTS_KEPT) this.events.shift();
    this.dispatchEvent(new Event('event'));
  }

  get last() {
    return this.samples.at(-1) ?? null;
  }

  #watch() {
    const { call } = this;
    const on = (type, tell) => call.addEventListener(type, (event) => this.note(...tell(event.detail)));
    on('statechange', ({ state }) => ['call', state]);
    on('icestatechange', (detail) => ['path', `ICE ${detail.iceConnectionState}, connection ${detail.connectionState}`]);
    on('media', ({ state, evidence }) => ['gateway', `media ${state}`, evidence]);
    on('hold', ({ held, holding }) => ['call', `held ${held}, holding ${holding}`]);
    on('transfer', ({ status }) => ['call', `transfer ${status}`]);
    on('track', ({ track }) => ['media', `${track.kind} track arrives`]);
    on('ended', ({ by, code }) => this.#over(by, code));
    call.pc.addEventListener?.('signalingstatechange', () => this.note('sdp', call.pc.signalingState));
    call.pc.addEventListener?.('icegatheringstatechange', () => this.note('path', `gathering ${call.pc.iceGatheringState}`));
  }

  #over(by, code) {
    clearInterval(this.#timer);
    return ['call', `ended by ${by}: ${code}`];
  }

  async #sample() {
    const stats = await this.call.stats().catch(() => null);
    if (!stats || this.call.state === 'ended') return;
    this.samples.push({ at: Date.now(), ...stats });
    if (this.samples.length > SAMPLES_KEPT) this.samples.shift();
    if (this.samples.length % REPORT_EVERY === 0) this.call.report().then((seen) => { this.gateway = seen; }, () => {});
    this.dispatchEvent(new Event('sample'));
  }
}
