// Calls between the phone and a page of libdatachannel, which is not ours: how soon each hears the other.
import { performance } from 'node:perf_hooks';
import { spread } from './figures.mjs';
import { phoneCallsPage, pageCallsPhone } from './one-call.mjs';
import { pause } from './program.mjs';

const EVERY_MS = 5; // so that the first packet is late by no more than that
const RATE = 5;
const WARM_UP = 10;

/** `count` calls, some each second; when what happened in those that went well. */
async function callsOf(bed, placeCall, count) {
  const times = [];
  const done = [];
  const start = performance.now();
  for (let i = 0; i < count; i++) {
    await pause(start + (i * 1000) / RATE - performance.now());
    done.push(wholeCall(bed, placeCall, times));
  }
  await Promise.all(done);
  return times;
}

async function wholeCall(bed, placeCall, times) {
  try {
    const call = await placeCall(bed, bed.nextUser(), EVERY_MS);
    try {
      await call.heard();
    } finally {
      await call.end();
    }
    times.push(call.times);
  } catch (e) {
    console.error(`a call with libdatachannel failed: ${e.message}`);
  }
}

/** `peerCalls` calls each way on every gateway. */
export async function measureLibdatachannel(beds, { peerCalls }, say) {
  const figures = [];
  for (const [name, placeCall, from] of WAYS) {
    const samples = {};
    for (const bed of beds) {
      say(`${peerCalls} calls with libdatachannel, ${name}, ${bed.gateway.name}`);
      await callsOf(bed, placeCall, WARM_UP);
      samples[bed.gateway.name] = await callsOf(bed, placeCall, peerCalls);
    }
    const between = (to) => Object.fromEntries(Object.entries(samples).map(([g, all]) => [g, all.map((t) => t[to] - t[from])]));
    figures.push(
      ...spread(`libdatachannel, ${name}: first packet at the phone`, 'ms', between('phoneHears')),
      ...spread(`libdatachannel, ${name}: first packet at the page`, 'ms', between('pageHears')),
    );
  }
  return figures;
}

const WAYS = [
  ['`answer` of the page', phoneCallsPage, 'answer'],
  ['200 of the phone', pageCallsPhone, 'ok'],
];
