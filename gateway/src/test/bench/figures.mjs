// Numbers out of samples, and tables out of numbers.

/** The sample that a share of all samples (0 to 1) does not exceed. */
export function percentile(samples, share) {
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
}

export const mean = (samples) => samples.reduce((sum, each) => sum + each, 0) / samples.length;

export const median = (samples) => percentile(samples, 0.5);

/** One line of the result: a figure of each gateway by name; less is better unless the name says otherwise. */
export const figure = (name, unit, values) => ({ name, unit, values });

/** Median and 99th percentile of each gateway's samples, as two figures. */
export function spread(name, unit, samples) {
  const of = (statistic) => Object.fromEntries(Object.entries(samples).map(([g, s]) => [g, statistic(s)]));
  return [
    figure(`${name}, median`, unit, of(median)),
    figure(`${name}, 99th percentile`, unit, of((s) => percentile(s, 0.99))),
  ];
}

/** A number for people. */
export function shown(value) {
  if (value === undefined || !Number.isFinite(value)) return '-';
  if (Number.isInteger(value)) return String(value);
  return value.toFixed(value >= 100 ? 0 : value >= 10 ? 1 : 2);
}

/** Ringdown's figure as a share of a peer's. */
export function ratio({ values }, peer) {
  const [own, other] = [values.ringdown, values[peer]];
  return own > 0 && other > 0 ? shown(own / other) : '-';
}

const PEERS = { janus: 'Janus', rtpengine: 'rtpengine' };

/** A Markdown table for each peer, with what was measured of it; the last column is {@link ratio}. */
export function tables(figures) {
  const made = Object.entries(PEERS).map(([peer, name]) => {
    const known = figures.filter(({ values }) => peer === 'janus' || values[peer] !== undefined);
    return known.length === 0 ? '' : table(known, peer, name);
  });
  return made.filter(Boolean).join('\n\n');
}

function table(figures, peer, name) {
  const rows = figures.map((each) => {
    return `| ${each.name} | ${each.unit} | ${shown(each.values.ringdown)} | ${shown(each.values[peer])} | ${ratio(each, peer)} |`;
  });
  return [`| figure | unit | Ringdown | ${name} | ratio |`, '|---|---|---:|---:|---:|', ...rows].join('\n');
}
