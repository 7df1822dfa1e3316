/** How good a call sounds, and why, from the figures of its last seconds. Pure. */
const WINDOW = 6;
/** The first samples of a stream tell of its beginning, not of its path. */
const SETTLING = 2;

/** What a G.711 path of this delay and loss is worth, 1 to 4.4 (E-model of ITU-T G.107, simplified). */
export function meanOpinion({ roundTripMs, jitterMs, lossPercent }) {
  const delayMs = roundTripMs / 2 + 2 * jitterMs + 20;
  const delayed = 0.024 * delayMs + (delayMs > 177.3 ? 0.11 * (delayMs - 177.3) : 0);
  const lost = (95 * lossPercent) / (lossPercent + 25.1);
  const r = Math.max(0, 93.2 - delayed - lost);
  return Math.round((1 + 0.035 * r + 7e-6 * r * (r - 60) * (100 - r)) * 10) / 10;
}

/** What changed over the last seconds; null while there are too few samples. */
export function recent(samples) {
  const flowing = samples.filter(({ packetsReceived }) => packetsReceived > 0).slice(SETTLING);
  const window = (flowing.length ? flowing : samples).slice(-WINDOW);
  if (window.length < 3) return null;
  const [from, to] = [window[0], window.at(-1)];
  const more = (name) => (to[name] ?? 0) - (from[name] ?? 0);
  const lost = Math.max(0, more('packetsLost'));
  const arrived = more('packetsReceived');
  return {
    seconds: (to.at - from.at) / 1000,
    arrived,
    lossPercent: percent(lost, lost + arrived),
    concealedPercent: percent(more('samplesConcealed'), more('samplesReceived')),
    remoteLossPercent: to.remoteLossPercent ?? 0,
    roundTripMs: to.roundTripMs ?? 0,
    jitterMs: to.jitterMs ?? 0,
  };
}

const MEASURES = [
  { fair: 1.5, poor: 5, of: (now) => Math.max(now.lossPercent, now.concealedPercent),
    say: (value) => `you miss ${value} % of what they say` },
  { fair: 1.5, poor: 5, of: (now) => now.remoteLossPercent,
    say: (value) => `they miss ${value} % of what you say` },
  { fair: 200, poor: 400, of: (now) => now.roundTripMs,
    say: (value) => `${value} ms to the gateway and back` },
  { fair: 30, poor: 60, of: (now) => now.jitterMs, say: (value) => `uneven by ${value} ms` },
];

/**
 * @param samples of a Monitor, from the moment on when there should be sound
 * @returns {{level: 'good'|'fair'|'poor', text: string, mos: number} | null} null: not known yet
 */
export function judge(samples) {
  const now = recent(samples);
  if (!now) return null;
  const mos = meanOpinion({ ...now, lossPercent: Math.max(now.lossPercent, now.concealedPercent) });
  if (!now.arrived && now.seconds >= 3) return { level: 'poor', text: 'No sound arrives from the other side', mos: 1 };
  const worst = (level) => MEASURES.find((measure) => measure.of(now) >= measure[level]);
  const level = worst('poor') ? 'poor' : worst('fair') ? 'fair' : 'good';
  if (level === 'good') return { level, text: `Good sound, ${Math.round(now.roundTripMs)} ms, no loss`, mos };
  const measure = worst(level);
  const word = level === 'poor' ? 'Poor sound' : 'Fair sound';
  return { level, text: `${word}: ${measure.say(Math.round(measure.of(now)))}`, mos };
}

const percent = (part, whole) => (whole > 0 ? Math.round((1000 * part) / whole) / 10 : 0);
