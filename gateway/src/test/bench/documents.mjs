// Puts the figures between the marks that documents have for them.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { ratio, shown, tables } from './figures.mjs';

const ROOT = fileURLToPath(new URL('../../../..', import.meta.url));
const BEGIN = '<!-- bench: written by scripts/bench --readme -->';
const END = '<!-- bench end -->';

/** The few that the README shows: how their names begin, and what it calls them. */
const CHOSEN = [
  ['highest steady rate with ICE and DTLS', 'highest rate, DTLS'],
  ['highest steady rate without media', 'highest rate, no media'],
  ['set-up added by the gateway, on the wire, median', 'set-up, median'],
  ['CPU of a call with ICE and DTLS', 'CPU per call, DTLS'],
  ['relay: CPU of a packet', 'CPU per packet'],
  ['threads with 100 held calls', 'threads, 100 calls'],
  ['idle session: memory', 'idle page'],
];

/** Writes all of them to gateway/docs/benchmarks.md and the chosen ones to README.md. */
export function writeDocuments(facts, figures) {
  const where = `${facts.date}, ${facts.cpu}, ${facts.jdk}, Janus ${facts.janus ?? '-'}`;
  replace(`${ROOT}/gateway/docs/benchmarks.md`, `${where}; load of the machine before: ${facts.loadBefore.toFixed(1)}\n\n${tables(figures)}`);
  const few = CHOSEN.flatMap(([begin, name]) => {
    const found = figures.find((figure) => figure.name.startsWith(begin));
    return found ? [{ ...found, name }] : [];
  });
  const all = '[all figures](gateway/docs/benchmarks.md)';
  replace(`${ROOT}/README.md`, `By \`scripts/bench\`, ${where} (${all}):\n\n${wide(few)}`);
}

/** A Markdown table with a column for each figure. */
function wide(figures) {
  const row = (name, cell) => `| ${name} | ${figures.map(cell).join(' | ')} |`;
  return [
    row('', ({ name }) => name),
    row('---', () => '---:').replaceAll(' ', ''),
    row('Ringdown', ({ values, unit }) => `${shown(values.ringdown)} ${unit}`),
    row('Janus', ({ values, unit }) => `${shown(values.janus)} ${unit}`),
    row('ratio', (figure) => ratio(figure, 'janus')),
    row('ratio to rtpengine', (figure) => ratio(figure, 'rtpengine')),
  ].join('\n');
}

function replace(file, text) {
  const before = readFileSync(file, 'utf8');
  const [begin, end] = [before.indexOf(BEGIN), before.indexOf(END)];
  if (begin < 0 || end < begin) throw new Error(`${file} has no place for the figures`);
  writeFileSync(file, `${before.slice(0, begin)}${BEGIN}\n${text}\n${before.slice(end)}`);
}
