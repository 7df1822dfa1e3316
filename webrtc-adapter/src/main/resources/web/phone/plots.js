/** Small plots of a call's last minutes, one curve or two each. */
import { make } from './dom.js';

const WIDTH = 240;
const HEIGHT = 48;
const SHOWN = 120;
const LEAST_SHOWN = 30;
const SVG = 'http://www.w3.org/2000/svg';

const PLOTS = [
  { name: 'Packets a second', unit: '/s', least: 60, curves: [rate('packetsReceived'), rate('packetsSent')], keys: ['in', 'out'] },
  { name: 'Loss', unit: '%', least: 5, curves: [lossRate, (to) => to.remoteLossPercent], keys: ['in', 'out'] },
  { name: 'Jitter', unit: 'ms', least: 20, curves: [(to) => to.jitterMs] },
  { name: 'Round trip', unit: 'ms', least: 50, curves: [(to) => to.roundTripMs] },
];

/** Draws all plots anew. */
export function drawPlots(element, samples) {
  const shown = samples.slice(-SHOWN - 1);
  element.replaceChildren(...PLOTS.map((plot) => figure(plot, shown)));
}

/** The values of one curve, null where nothing is known. */
export function values(curve, samples) {
  return samples.slice(1).map((to, i) => curve(to, samples[i]) ?? null);
}

export function rate(name) {
  return (to, from) => Math.max(0, Math.round((1000 * (to[name] - from[name])) / Math.max(1, to.at - from.at)));
}

export function lossRate(to, from) {
  const lost = Math.max(0, to.packetsLost - from.packetsLost);
  const all = lost + to.packetsReceived - from.packetsReceived;
  return all > 0 ? Math.round((1000 * lost) / all) / 10 : null;
}

function figure({ name, unit, least, curves, keys = [] }, samples) {
  const rows = curves.map((curve) => values(curve, samples));
  const top = Math.max(least, ...rows.flat().filter((value) => value !== null));
  const now = rows.map((row, i) => [keys[i], row.at(-1) ?? '–'].filter((word) => word !== undefined).join(' ')).join(', ');
  return make('figure', {},
    make('figcaption', {}, make('span', { textContent: name }), make('b', { textContent: `${now} ${unit}` })),
    drawing(rows, top, `${name}: now ${now} ${unit}, scale up to ${Math.round(top)}`));
}

function drawing(rows, top, label) {
  const svg = element('svg', { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: 'none', role: 'img', 'aria-label': label });
  svg.append(element('path', { class: 'grid', d: `M0 ${HEIGHT / 2}H${WIDTH}M0 ${HEIGHT - 0.5}H${WIDTH}` }));
  rows.forEach((row, i) => svg.append(element('path', { class: `curve c${i}`, d: pathOf(row, top) })));
  return svg;
}

/** The newest value stands at the right end; a gap where nothing is known. */
export function pathOf(row, top) {
  const step = WIDTH / (Math.max(row.length, LEAST_SHOWN) - 1);
  let pen = 'M';
  return row.map((value, i) => {
    if (value === null) {
      pen = 'M';
      return '';
    }
    const x = WIDTH - (row.length - 1 - i) * step;
    const point = `${pen}${x.toFixed(1)} ${(HEIGHT - 1 - (value / top) * (HEIGHT - 4)).toFixed(1)}`;
    pen = 'L';
    return point;
  }).join('');
}

function element(tag, attributes) {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
}
