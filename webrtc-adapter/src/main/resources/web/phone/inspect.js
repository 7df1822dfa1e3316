/** The connection details: figures of the call and the log of messages, for whoever looks for a fault. */
import { $, announce, make, onClick } from './dom.js';

const KEPT = 400;
const EVERY_MS = 1000;
const NONE = '–';

export class Inspect {
  #panel = $('inspect');
  #entries = [];
  #call = null;
  #connection = 'offline';

  constructor() {
    onClick('copy-log', () => this.#copy());
    this.#panel.addEventListener('toggle', () => this.#render());
    setInterval(() => this.#refresh(), EVERY_MS);
  }

  /** Whose figures are shown; the last call's stay when it is over. */
  follow(call) {
    this.#call = call;
    this.#refresh();
  }

  connection(state) {
    this.#connection = state;
    this.#refresh();
  }

  /** @param entry of the client's `message-log` event */
  log(entry) {
    this.#entries.push(entry);
    if (this.#entries.length > KEPT) this.#entries.shift();
    if (!this.#panel.open) return;
    const list = $('log');
    const atEnd = list.scrollTop + list.clientHeight >= list.scrollHeight - 8;
    list.append(line(entry));
    if (list.children.length > KEPT) list.firstChild.remove();
    if (atEnd) list.scrollTop = list.scrollHeight;
  }

  #render() {
    if (!this.#panel.open) return;
    $('log').replaceChildren(...this.#entries.map(line));
    $('log').scrollTop = $('log').scrollHeight;
    this.#refresh();
  }

  async #refresh() {
    const call = this.#call;
    if (call?.state === 'ended' && $('stats').children.length) return;
    const stats = call && call.state !== 'ended' ? await call.stats() : null;
    $('inspect-brief').textContent = stats ? brief(stats) : '';
    if (this.#panel.open) this.#show(rows(this.#connection, call, stats));
  }

  #show(table) {
    $('stats').replaceChildren(...Object.entries(table).map(([name, value]) => make('div', {},
      make('dt', { textContent: name }), make('dd', { textContent: value ?? NONE }))));
  }

  async #copy() {
    const text = this.#entries
      .map(({ at, direction, message }) => `${new Date(at).toISOString()} ${direction} ${JSON.stringify(message)}`)
      .join('\n');
    const copied = await copyText(text);
    $('copy-log').textContent = copied ? 'Copied' : 'Copying failed';
    announce($('copy-log').textContent);
    setTimeout(() => { $('copy-log').textContent = 'Copy all'; }, 2000);
  }
}

function brief({ iceConnectionState, codec, roundTripMs }) {
  return [iceConnectionState, codec, roundTripMs !== null && `${roundTripMs} ms`].filter(Boolean).join(' · ');
}

function rows(connection, call, stats) {
  const unit = (value, name) => (value === null || value === undefined ? NONE : `${value} ${name}`);
  return {
    'Gateway': connection,
    'ICE': stats?.iceConnectionState,
    'Peer connection': stats?.connectionState,
    'Gateway sees': call?.media?.state,
    'Codec': stats?.codec,
    'Round trip': unit(stats?.roundTripMs, 'ms'),
    'Jitter': unit(stats?.jitterMs, 'ms'),
    'Loss in / out': stats && `${stats.lossPercent} % / ${stats.remoteLossPercent ?? NONE} %`,
    'Packets in': stats?.packetsReceived,
    'Packets out': stats?.packetsSent,
    'Local': stats?.localCandidate,
    'Remote': stats?.remoteCandidate,
  };
}

function line({ at, direction, message }) {
  const { type, ...rest } = message;
  const time = new Date(at).toTimeString().slice(0, 8);
  const body = make('pre', { textContent: JSON.stringify(rest, null, 1).replaceAll('\\r\\n', '\n') });
  const head = make('summary', {},
    make('span', { className: 'dir', textContent: direction === 'in' ? '←' : '→', ariaLabel: direction }),
    make('b', { textContent: type }), ` ${gist(rest)}`, make('time', { textContent: time }));
  return make('li', { className: direction }, make('details', {}, head, body));
}

function gist({ id, seq, call, code, state, digits, to }) {
  return [call, to, state, code, digits, id ?? (seq && `#${seq}`)].filter(Boolean).join(' ');
}

/** The clipboard needs a secure context; the old way works everywhere else. */
async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = make('textarea', { value: text, className: 'unseen' });
    document.body.append(area);
    area.select();
    const done = document.execCommand('copy');
    area.remove();
    return done;
  }
}
