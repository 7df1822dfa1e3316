// What is measured with scripts/load: each part on one gateway after the other.
import { figure, mean, spread } from './figures.mjs';
import { load } from './load.mjs';
import { RtpengineRelay } from './rtpengine-relay.mjs';
import { setUpTimes, WireTap } from './wire.mjs';

/** What `value` makes of each gateway's results, which are lists. */
const of = (results, value) => Object.fromEntries(Object.entries(results).map(([name, list]) => [name, mean(list.map(value))]));

/** Runs the same on all gateways in turn, `blocks` times. */
async function alternate(beds, setting, say, what, options, blocks = 1, run = load) {
  const results = Object.fromEntries(beds.map((bed) => [bed.gateway.name, []]));
  for (let block = 0; block < blocks; block++) {
    for (const bed of beds) {
      say(`${what}, ${bed.gateway.name}${blocks > 1 ? `, block ${block + 1} of ${blocks}` : ''}`);
      results[bed.gateway.name].push(await run(bed, setting, options));
    }
  }
  return results;
}

const step = (result) => result.steps.at(-1);
const time = (metric, percentile) => (result) => step(result).timesMs[metric]?.[percentile] ?? NaN;
const failed = (result) => step(result).failed;
const warm = ({ warmUpSeconds, warmUpRate }) => ({ 'warm-up': `${warmUpSeconds}s`, 'warm-up-rate': warmUpRate });

/** So that the gateways' compilers and caches are done before anything counts. */
export async function warmUp(beds, setting, say) {
  const { gatewayWarmUpSeconds: seconds, gatewayWarmUpRate: rate } = setting;
  const options = { rate, duration: `${seconds}s`, hold: '200ms', media: 'setup', pages: setting.pages };
  await alternate(beds, setting, say, `warming up for ${seconds} s`, options);
}

/** {@link load} with what the gateway sent and was sent meanwhile. */
async function watchedLoad(bed, setting, options) {
  const tap = await WireTap.start(setting.directory);
  const result = await load(bed, setting, options).finally(async () => (tap.record = await tap.stop()));
  return { ...result, wire: setUpTimes(tap.record, bed.gateway.name, setting.setUpSeconds) };
}

/** How long the set-up of calls takes at a low rate. */
export async function measureSetUp(beds, setting, say) {
  const { rate, setUpSeconds, blocks } = setting;
  const options = { rate, duration: `${setUpSeconds}s`, hold: '500ms', media: 'setup', pages: setting.pages, ...warm(setting) };
  const results = await alternate(beds, setting, say, `set-up at ${rate} calls a second`, options, blocks, watchedLoad);
  const onTheWire = Object.fromEntries(Object.entries(results).map(([name, list]) => [name, list.flatMap(({ wire }) => wire)]));
  const rows = [
    ['offer', 'request of the caller to the callee'],
    ['answer', 'answer of the callee to the caller'],
    ['setup', 'the sum of both'],
    ['media', 'answer until both hear, with ICE and DTLS'],
  ];
  return [
    ...spread('set-up added by the gateway, on the wire', 'ms', onTheWire),
    ...rows.flatMap(([metric, name]) => [
      figure(`${name}, median`, 'ms', of(results, time(metric, 'p50'))),
      figure(`${name}, 99th percentile`, 'ms', of(results, time(metric, 'p99'))),
    ]),
    figure(`calls that failed at ${rate} calls a second`, 'calls', of(results, failed)),
  ];
}

/** What a call costs at a steady rate, with and without media. */
export async function measureCpu(beds, setting, say) {
  const figures = [];
  for (const [media, name] of MEDIA) {
    const { cpuRate, cpuSeconds } = setting;
    const options = { rate: cpuRate, duration: `${cpuSeconds}s`, hold: '500ms', media, pages: setting.pages, ...warm(setting) };
    const results = await alternate(beds, setting, say, `CPU of calls ${name}`, options);
    figures.push(
      figure(`CPU of a call ${name}, at ${cpuRate} calls a second`, 'ms', of(results, (r) => step(r).cost.cpuMsPerCall)),
      figure(`calls that failed meanwhile`, 'calls', of(results, failed)),
    );
  }
  return figures;
}

/** The highest steady rate, with and without media. */
export async function measureRate(beds, setting, say) {
  const figures = [];
  for (const [media, name, usual] of MEDIA) {
    const begin = Math.min(usual, setting.maxRate / 2);
    const options = {
      'find-rate': true, rate: begin, step: `${setting.stepSeconds}s`, 'max-rate': setting.maxRate, hold: '0s', media, patience: '3s',
      pages: setting.ratePages, 'warm-up': `${setting.warmUpSeconds}s`, 'warm-up-rate': begin / 2,
    };
    const results = await alternate(beds, setting, say, `highest steady rate ${name}`, options);
    figures.push(figure(`highest steady rate ${name} (more is better)`, 'calls/s', of(results, (r) => r.highestSteadyRate)));
  }
  return figures;
}

const MEDIA = [
  ['setup', 'with ICE and DTLS', 60],
  ['none', 'without media', 150],
];

/** What calls cost that stay up with sound both ways; beside a peer rtpengine relays as many. */
export async function measureHeld(beds, setting, say) {
  if (beds.length < 2) return heldFigures(beds, setting, say);
  const relay = await RtpengineRelay.start(setting.directory);
  try {
    return await heldFigures([...beds, { gateway: relay }], setting, say);
  } finally {
    await relay.program.stop();
  }
}

async function heldFigures(beds, setting, say) {
  const { held, heldSeconds } = setting;
  const options = { concurrent: held, rate: 20, duration: `${heldSeconds}s`, media: 'sound', pages: held };
  const results = await alternate(beds, setting, say, `${held} held calls`, options);
  return [
    figure('relay: CPU of a packet', 'µs', of(results, (r) => step(r).cost.cpuMicrosPerPacket)),
    figure('relay: CPU of a call, 100 packets a second', '% of a core', of(results, (r) => step(r).cost.cpuMicrosPerPacket / 1e4 * 100)),
    figure('relay: a packet from end to end, median', 'ms', of(results, time('relay', 'p50'))),
    figure('relay: a packet from end to end, 99th percentile', 'ms', of(results, time('relay', 'p99'))),
    figure('relay: packets lost', '%', of(results, (r) => 100 * Math.max(0, 1 - step(r).packetsHeard / step(r).packetsSent))),
    figure(`threads with ${held} held calls`, '', of(results, (r) => r.samples.at(-2).threads)),
  ];
}

/** What pages cost that are signed in and do nothing. */
export async function measureIdle(beds, setting, say) {
  const { sessions, signIns } = setting;
  const options = { rate: 0, duration: '5s', sessions, 'sign-ins': signIns, media: 'none', 'min-success': 0 };
  const results = await alternate(beds, setting, say, `${sessions} idle sessions`, options);
  return [
    figure('idle session: memory', 'KiB', of(results, (r) => r.idleSessionKiB)),
    figure(`sign-in at ${signIns} a second, median`, 'ms', of(results, (r) => r.entry.timesMs.signIn.p50)),
    figure(`whole process with ${sessions} idle sessions: memory`, 'MiB', of(results, (r) => r.samples.at(-1).memoryKiB / 1024)),
    figure(`whole process with ${sessions} idle sessions: threads`, '', of(results, (r) => r.samples.at(-1).threads)),
  ];
}
