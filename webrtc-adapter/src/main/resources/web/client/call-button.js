/**
 * `<ringdown-call to="9196" token="…" gateway="wss://…">`: a button with which a guest of any page
 * calls one number. What a guest may do is said by the token.
 *
 *     <script type="module" src="https://gateway.example.com/client/call-button.js"></script>
 *     <ringdown-call to="support" token="eyJ…">Call us</ringdown-call>
 *
 * Attributes: `to`; `token`, or `token-url` that gives `{"token": "…"}`; `gateway` (default: where
 * this script came from). The words between the tags are the button's. Event
 * `statechange` {state}. Colours: `--ringdown-accent`, `--ringdown-bad`, and the page's own font.
 */
import { RingdownClient } from './ringdown.js';
import { SHAPE, STYLE } from './call-button-shape.js';

const HERE = new URL('..', import.meta.url);
const DOING = { connecting: 'Connecting…', ringing: 'Ringing…' };

export class RingdownCallElement extends HTMLElement {
  /** @type {'idle'|'connecting'|'ringing'|'in-call'|'ended'|'error'} */
  state = 'idle';
  #root = this.attachShadow({ mode: 'open' });
  #client = null;
  #call = null;
  #clock = null;

  constructor() {
    super();
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
    this.#root.adoptedStyleSheets = [sheet];
    this.#root.innerHTML = SHAPE;
    this.#on('go', () => (this.#isBusy ? this.hangup() : this.call()));
    this.#on('mute', () => this.#mute());
  }

  connectedCallback() {
    this.#show('idle');
  }

  disconnectedCallback() {
    this.hangup();
  }

  /** Calls, as a click on the button does. Resolves when the other side has answered. */
  async call() {
    if (this.#isBusy) return;
    this.#show('connecting');
    try {
      this.#client = new RingdownClient({ url: this.#url, token: () => this.#token(), device: 'call button' });
      const client = this.#client;
      await client.connect();
      if (client !== this.#client) return;
      this.#follow(client.call(this.getAttribute('to') ?? ''));
      await this.#call?.answered;
    } catch (error) {
      this.#failed(error);
    }
  }

  /** Ends the call, or gives it up. */
  hangup() {
    const client = this.#client;
    this.#leave();
    client?.close();
    if (this.#isBusy) this.#show('ended', 'Call ended.');
  }

  get #isBusy() {
    return ['connecting', 'ringing', 'in-call'].includes(this.state);
  }

  get #url() {
    const gateway = new URL(this.getAttribute('gateway') ?? HERE, document.baseURI);
    gateway.protocol = gateway.protocol.replace(/^http/, 'ws');
    if (gateway.pathname === '/') gateway.pathname = '/ws';
    return gateway.href;
  }

  async #token() {
    const url = this.getAttribute('token-url');
    if (!url) return this.getAttribute('token');
    const response = await fetch(url);
    if (!response.ok) throw new Error(`${response.status} ${response.statusText}`);
    return (await response.json()).token;
  }

  #follow(call) {
    this.#call = call;
    call.addEventListener('track', ({ detail }) => { this.#$('sound').srcObject = detail.stream; });
    call.addEventListener('statechange', ({ detail }) => {
      if (detail.state === 'ringing' || detail.state === 'early') this.#show('ringing');
      if (detail.state === 'connected') this.#connected();
    });
    call.addEventListener('ended', ({ detail }) => this.#ended(detail));
  }

  #connected() {
    const since = Date.now();
    const tell = () => { this.#$('text').textContent = clock(Math.floor((Date.now() - since) / 1000)); };
    this.#show('in-call');
    tell();
    this.#clock = setInterval(tell, 1000);
  }

  #ended({ code, text, remedy }) {
    const wished = ['hangup', 'cancelled', 'transferred'].includes(code);
    this.#leave()?.close();
    this.#show(wished ? 'ended' : 'error', text, wished ? '' : remedy);
  }

  /** What the end of the call has told already is not told twice. */
  #failed({ message, remedy }) {
    if (!this.#isBusy) return;
    this.#leave()?.close();
    this.#show('error', message, remedy ?? '');
  }

  #leave() {
    clearInterval(this.#clock);
    const client = this.#client;
    this.#client = null;
    this.#call = null;
    return client;
  }

  #mute() {
    this.#call?.mute(!this.#call.muted);
    this.#$('mute').setAttribute('aria-pressed', String(Boolean(this.#call?.muted)));
  }

  #show(state, text = DOING[state] ?? '', remedy = '') {
    this.state = state;
    this.setAttribute('state', state);
    this.#$('text').textContent = text;
    this.#$('remedy').textContent = remedy;
    this.#$('mute').hidden = state !== 'in-call';
    this.#$('mute').setAttribute('aria-pressed', 'false');
    this.#$('label').hidden = this.#isBusy;
    this.#$('end').hidden = !this.#isBusy;
    this.dispatchEvent(new CustomEvent('statechange', { detail: { state } }));
  }

  #on(id, action) {
    this.#$(id).addEventListener('click', action);
  }

  #$(id) {
    return this.#root.getElementById(id);
  }
}

const clock = (seconds) => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;

if (!customElements.get('ringdown-call')) customElements.define('ringdown-call', RingdownCallElement);
