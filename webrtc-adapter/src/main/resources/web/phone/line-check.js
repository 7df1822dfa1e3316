/** The check of the line, before a call: what the gateway and the browser have found, in sentences. */
import { $, make, onClick, tellError } from './dom.js';

const QUALITY = { good: 'Good sound is to be expected.', fair: 'Fair sound is to be expected.',
  poor: 'Poor sound is to be expected.', none: 'A call would hardly work now.' };
const WAYS = { gateway: 'The way to the gateway by UDP', stun: 'The way to the STUN server', turn: 'The way over the relay (TURN)' };

/** One sentence each, the sum of it first. Pure. */
export function sentences({ expected, signallingMs, network, to }, number) {
  return [
    `${QUALITY[expected.level]} ${expected.reason}`.trim(),
    `The gateway answers in ${signallingMs} ms.`,
    ...paths(network),
    ...(to ? [destination(to, number)] : []),
  ];
}

function paths(network) {
  if (!network) return ['The browser could not look for network paths.'];
  const states = { reached: 'is open', unreached: 'is blocked' };
  return Object.keys(WAYS).filter((kind) => network[kind] in states)
    .map((kind) => `${WAYS[kind]} ${states[network[kind]]}.`);
}

function destination({ reachable, text, remedy, codec, trunk, pages, phones }, number) {
  if (!reachable) return `${number}: ${text} ${remedy ?? ''}`.trim();
  const far = trunk?.optionsMs === undefined ? '' : ` and answers in ${Math.round(trunk.optionsMs)} ms`;
  const where = trunk ? `trunk ${trunk.name} is ${trunk.state}${far}`
    : pages === undefined ? 'the gateway answers itself'
      : `${count(pages, 'page')} and ${count(phones, 'phone')} would ring`;
  return `${number}: ${where}; sound as ${codec} if the other side has it.`;
}

const count = (n, what) => `${n} ${what}${n === 1 ? '' : 's'}`;

/** One step of a test of a line, for a person. Pure. */
export function findingSentence({ passed, ms, text, remedy }) {
  const mark = passed === undefined ? '–' : passed ? '✓' : '✗';
  return [mark, text, ms ? `(${ms} ms)` : '', remedy ?? ''].filter(Boolean).join(' ');
}

export class LineCheck {
  #lines = [];

  /**
   * @param ask gives the number to ask for, '' for none, and the preflight of it
   * @param test tests a line, telling of each finding
   */
  constructor(ask, test) {
    onClick('check-line', () => this.#check(ask));
    onClick('test-line', () => this.#test(test));
  }

  forget() {
    for (const id of ['line', 'line-findings']) $(id).replaceChildren();
    tellError($('line-error'), null);
  }

  /** Each line to the outside, one after the other. */
  async #test(test) {
    this.forget();
    $('test-line').disabled = true;
    try {
      for (const trunk of this.#lines) {
        const { passed, text } = await test(trunk, (finding) => this.#append(findingSentence(finding)));
        this.#append(`${passed ? '✓' : '✗'} ${trunk}: ${text}`);
      }
    } catch (error) {
      tellError($('line-error'), error);
    }
    $('test-line').disabled = false;
  }

  #append(textContent) {
    $('line-findings').append(make('li', { textContent }));
  }

  async #check(ask) {
    this.forget();
    $('check-line').disabled = true;
    try {
      const { number, found } = await ask();
      this.#lines = found.lines ?? [];
      $('outside').hidden = !this.#lines.length;
      $('line').dataset.level = found.expected.level;
      $('line').replaceChildren(...sentences(found, number).map((textContent) => make('li', { textContent })));
    } catch (error) {
      tellError($('line-error'), error);
    }
    $('check-line').disabled = false;
  }
}
