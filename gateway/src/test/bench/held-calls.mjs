// Calls that stay up with sound both ways: what one holds of memory, and what a packet costs.
import { performance } from 'node:perf_hooks';
import { figure } from './figures.mjs';
import { pageCallsPhone } from './one-call.mjs';
import { pause } from './program.mjs';

const PACKET_MS = 20;

/** Holds `held` calls on each gateway, one gateway after the other. */
export async function measureHeldCalls(beds, { held, seconds, settleSeconds }, say) {
  const results = {};
  for (const bed of beds) {
    say(`${held} held calls, ${bed.gateway.name}`);
    results[bed.gateway.name] = await holdCalls(bed, held, { seconds, settleSeconds });
  }
  const of = (field) => Object.fromEntries(Object.entries(results).map(([name, r]) => [name, r[field]]));
  return [
    figure('relay: CPU of the gateway', 'µs/packet', of('cpuPerPacket')),
    figure('relay: packets lost', '%', of('lossPercent')),
    figure('held call: memory', 'KiB', of('grownKiB')),
    figure(`whole process with ${held} held calls: resident memory`, 'MiB', of('residentMiB')),
  ];
}

async function holdCalls(bed, count, { seconds, settleSeconds }) {
  const { program } = bed.gateway;
  const before = await bed.gateway.occupiedKiB();
  const calls = [];
  try {
    for (let i = 0; i < count; i++) calls.push(await oneMore(bed));
    await pause(settleSeconds * 1000);
    const relayed = await relay(program, calls, seconds);
    const after = await bed.gateway.occupiedKiB();
    return { ...relayed, grownKiB: (after - before) / count, residentMiB: program.residentKiB() / 1024 };
  } finally {
    await Promise.allSettled(calls.map((call) => call.end()));
  }
}

async function oneMore(bed) {
  const user = bed.nextUser();
  const call = await pageCallsPhone(bed, user, PACKET_MS);
  await call.heard();
  return call;
}

/** CPU microseconds of each packet that arrived, and the share that did not. */
async function relay(program, calls, seconds) {
  const packets = (field) => calls.reduce((sum, { peer, phoneCall }) => sum + peer[field] + phoneCall.rtp[field], 0);
  const [cpu, sent, heard] = [program.cpuSeconds(), packets('sent'), packets('heard')];
  const end = performance.now() + seconds * 1000;
  while (performance.now() < end) await pause(100);
  const [usedSeconds, wereSent, wereHeard] = [program.cpuSeconds() - cpu, packets('sent') - sent, packets('heard') - heard];
  return { cpuPerPacket: (1e6 * usedSeconds) / wereHeard, lossPercent: Math.max(0, 100 * (1 - wereHeard / wereSent)) };
}
