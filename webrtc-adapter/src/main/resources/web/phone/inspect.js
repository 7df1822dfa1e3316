/** The internals of the call: figures, plots, what happened when, and the messages. */
import { copyText } from './clipboard.js';
import { $, announce, make, onClick } from './dom.js';
import { MessageLog } from './message-log.js';
import { drawPlots } from './plots.js';
import { judge } from './quality.js';
import { nameOf } from './words.js';

const NONE = '–';

export class Inspect {
  #panel = $('inspect');
  #log = new MessageLog($('log'));
  #monitor = null;
  #connection = 'offline';

  constructor() {
    onClick('copy-log', () => this.#copy('copy-log', this.#log.text()));
    onClick('copy-report', () => this.#copy('copy-report', this.report()));
    this.#panel.addEventListener('toggle', () => this.#opened());
  }

  /** Whose internals are shown; the last call's stay when it is over. */
  follow(monitor) {
    if (this.#monitor !== monitor) {
      monitor.addEventListener('sample', () => this.#sampled(monitor));
      monitor.addEventListener('event', () => this.#happened(monitor));
    }
    this.#monitor = monitor;
    this.#happened(monitor);
  }

  connection(state) {
    this.#connection = state;
  }

  /** @param entry of the client's `message-log` event */
  log(entry) {
    this.#log.add(entry, this.#panel.open);
  }

  /** Everything that helps with a fault, as JSON; secrets are blanked. */
  report() {
    const { call, events = [], samples = [], gateway = null } = this.#monitor ?? {};
    const facts = call && { id: call.id, direction: call.direction, state: call.state, to: call.to,
      remote: call.remote, startedAt: call.startedAt, connectedAt: call.connectedAt, reason: call.reason };
    return JSON.stringify({ at: new Date().toISOString(), page: location.origin, browser: navigator.userAgent,
      connection: this.#connection, call: facts ?? null, timeline: events, samples, gateway, messages: this.#log.entries }, null, 1);
  }

  #opened() {
    if (!this.#panel.open) return;
    this.#log.render();
    if (this.#monitor) this.#happened(this.#monitor);
  }

  #sampled(monitor) {
    if (monitor === this.#monitor) this.#show(monitor);
  }

  #show(monitor) {
    const { last, samples, call } = monitor;
    $('inspect-brief').textContent = last && call.state !== 'ended' ? brief(last) : '';
    if (!this.#panel.open) return;
    $('inspect-call').textContent = `${nameOf(call.remote)}, ${call.state}`;
    this.#figures(rows(this.#connection, call, last, judge(samples)));
    drawPlots($('plots'), samples);
  }

  #happened(monitor) {
    if (monitor !== this.#monitor) return;
    this.#show(monitor);
    if (!this.#panel.open) return;
    $('timeline').replaceChildren(...monitor.events.map(({ at, about, what }) => make('li', {},
      make('time', { textContent: new Date(at).toTimeString().slice(0, 8) }),
      make('b', { textContent: about }), make('span', { textContent: what }))));
    $('timeline').scrollTop = $('timeline').scrollHeight;
  }

  #figures(table) {
    $('stats').replaceChildren(...Object.entries(table).map(([name, value]) => make('div', {},
      make('dt', { textContent: name }), make('dd', { textContent: value ?? NONE }))));
  }

  async #copy(id, text) {
    const label = $(id).textContent;
    $(id).textContent = await copyText(text) ? 'Copied' : 'Copying failed';
    announce($(id).textContent);
    setTimeout(() => { $(id).textContent = label; }, 2000);
  }
}

function brief({ iceConnectionState, codec, roundTripMs }) {
  return [iceConnectionState, codec, roundTripMs !== null && `${roundTripMs} ms`].filter(Boolean).join(' · ');
}

function rows(connection, call, stats, verdict) {
  const unit = (value, name) => (value === null || value === undefined ? NONE : `${value} ${name}`);
  return {
    'Signalling': connection,
    'ICE': stats?.iceConnectionState,
    'Connection': stats?.connectionState,
    'Gateway sees': call.media?.state,
    'Codec': stats?.codec,
    'Quality': verdict && `${verdict.level}, MOS ${verdict.mos}`,
    'Round trip': unit(stats?.roundTripMs, 'ms'),
    'Jitter': unit(stats?.jitterMs, 'ms'),
    'Loss in / out': stats && `${stats.lossPercent} % / ${stats.remoteLossPercent ?? NONE} %`,
    'Packets in / out': stats && `${stats.packetsReceived} / ${stats.packetsSent}`,
    'Local': stats?.localCandidate,
    'Remote': stats?.remoteCandidate,
    ...(stats?.videoIn || stats?.videoOut ? { 'Video in': stats.videoIn, 'Video out': stats.videoOut } : {}),
  };
}
