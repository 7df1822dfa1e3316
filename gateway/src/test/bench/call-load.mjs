// Many calls at a steady rate, one gateway after the other and again, so that whatever else the
// machine does meets both alike.
import { performance } from 'node:perf_hooks';
import { figure, spread } from './figures.mjs';
import { phoneCallsPage, pageCallsPhone } from './one-call.mjs';
import { pause } from './program.mjs';

const DIRECTIONS = { phoneCallsPage, pageCallsPhone };
const EVERY_MS = 5; // so that the first packet is late by no more than that

/** Makes `count` calls, `rate` of them each second; what became of them and the CPU milliseconds of each. */
export async function callsAtRate(bed, placeCall, { count, rate }) {
  const done = [];
  const outcome = { times: [], failures: [] };
  const cpuBefore = bed.gateway.program.cpuSeconds();
  const start = performance.now();
  for (let i = 0; i < count; i++) {
    await pause(start + (i * 1000) / rate - performance.now());
    done.push(wholeCall(bed, placeCall, bed.nextUser(), outcome));
  }
  await Promise.all(done);
  outcome.cpuMs = (1000 * (bed.gateway.program.cpuSeconds() - cpuBefore)) / count;
  return outcome;
}

async function wholeCall(bed, placeCall, user, outcome) {
  try {
    const call = await placeCall(bed, user, EVERY_MS);
    try {
      await call.heard();
    } finally {
      await call.end();
    }
    outcome.times.push(call.times);
  } catch (e) {
    outcome.failures.push(e.message);
  }
}

/** The very first call each way of each gateway. */
export async function measureFirstCalls(beds, say) {
  const figures = [];
  for (const [direction, [name, from, to]] of Object.entries(FIRST_CALLS)) {
    const gaps = {};
    for (const bed of beds) {
      say(`first call, ${bed.gateway.name}`);
      const { times, failures } = await callsAtRate(bed, DIRECTIONS[direction], { count: 1, rate: 1 });
      gaps[bed.gateway.name] = failures.length ? NaN : times[0][to] - times[0][from];
    }
    figures.push(figure(name, 'ms', gaps));
  }
  return figures;
}

const FIRST_CALLS = {
  phoneCallsPage: ['first call after the start, INVITE to 200, page answers at once', 'invite', 'ok'],
  pageCallsPhone: ['first call of a page after the start, `call` to INVITE at the phone', 'call', 'invite'],
};

/** Calls in both directions on all gateways at once, for their compilers and caches. */
export async function warmUp(beds, { warmUpCalls, warmUpRate }, say) {
  say(`warming up with ${warmUpCalls} calls each way`);
  for (const placeCall of Object.values(DIRECTIONS)) {
    const load = { count: warmUpCalls, rate: warmUpRate };
    await Promise.all(beds.map((bed) => callsAtRate(bed, placeCall, load)));
  }
}

/** Calls in both directions in blocks, alternating between the gateways; the figures of all of them. */
export async function measureCalls(beds, { calls, rate, blocks }, say) {
  const figures = [];
  for (const [direction, placeCall] of Object.entries(DIRECTIONS)) {
    const outcomes = Object.fromEntries(beds.map((bed) => [bed.gateway.name, []]));
    for (let block = 0; block < blocks; block++) {
      for (const bed of beds) {
        say(`${direction}, block ${block + 1} of ${blocks}, ${bed.gateway.name}`);
        const count = Math.ceil(calls / blocks);
        outcomes[bed.gateway.name].push(await callsAtRate(bed, placeCall, { count, rate }));
      }
    }
    figures.push(...FIGURES[direction](outcomes, rate));
  }
  return figures;
}

/** Between two moments, in every call of every gateway. */
function between(outcomes, from, to) {
  const gaps = (blocks) => blocks.flatMap(({ times }) => times.map((t) => t[to] - t[from]));
  return Object.fromEntries(Object.entries(outcomes).map(([name, blocks]) => [name, gaps(blocks)]));
}

function perCall(direction, outcomes) {
  const of = (value) => Object.fromEntries(Object.entries(outcomes).map(([name, blocks]) => [name, value(blocks)]));
  const sum = (numbers) => numbers.reduce((a, b) => a + b, 0);
  return [
    figure(`${direction}, CPU of the gateway`, 'ms/call', of((blocks) => sum(blocks.map((b) => b.cpuMs)) / blocks.length)),
    figure(`${direction}, calls that failed`, 'calls', of((blocks) => sum(blocks.map((b) => b.failures.length)))),
  ];
}

const FIGURES = {
  phoneCallsPage: (outcomes) => [
    ...spread('INVITE to `incoming` at the page', 'ms', between(outcomes, 'invite', 'incoming')),
    ...spread('`answer` of the page to 200', 'ms', between(outcomes, 'answer', 'ok')),
    ...spread('INVITE to 200, page answers at once', 'ms', between(outcomes, 'invite', 'ok')),
    ...spread('phone to page, `answer` of the page to first packet at the phone', 'ms', between(outcomes, 'answer', 'phoneHears')),
    ...spread('phone to page, `answer` of the page to first packet at the page', 'ms', between(outcomes, 'answer', 'pageHears')),
    ...perCall('phone to page', outcomes),
  ],
  pageCallsPhone: (outcomes) => [
    ...spread('`call` of the page to INVITE at the phone', 'ms', between(outcomes, 'call', 'invite')),
    ...spread('page to phone, 200 of the phone to first packet at the phone', 'ms', between(outcomes, 'ok', 'phoneHears')),
    ...spread('page to phone, 200 of the phone to first packet at the page', 'ms', between(outcomes, 'ok', 'pageHears')),
    ...perCall('page to phone', outcomes),
  ],
};
