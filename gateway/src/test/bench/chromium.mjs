// Calls between the phone and a page in Chromium, one after the other: how soon each hears the other.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { launchChromium } from '../browser/browsers.mjs';
import { spread } from './figures.mjs';
import { pause } from './program.mjs';

const USER = 'chromium';
const PACKET_MS = 5;
const BETWEEN_CALLS_MS = 1500; // one of Janus' users needs a second after a call before the next
const RATE_HZ = 8000;

/** `calls` calls each way on every gateway. */
export async function measureChromium(beds, { browserCalls, directory, origin }, say) {
  const microphone = join(directory, 'microphone.wav');
  writeFileSync(microphone, tone(440));
  const browser = await launchChromium({ microphone, profile: join(directory, 'chromium') });
  const samples = {};
  try {
    for (const bed of beds) {
      say(`${browserCalls} calls each way with Chromium, ${bed.gateway.name}`);
      samples[bed.gateway.name] = await callsOf(bed, await openPage(browser, bed, origin), browserCalls);
    }
  } finally {
    await browser.close();
  }
  return figures(samples);
}

async function openPage(browser, bed, origin) {
  const page = await browser.newPage();
  await page.goto(origin);
  await page.waitForFunction(() => window.signIn);
  await page.evaluate((gateway, login) => window.signIn(gateway, login), bed.gateway.name, bed.gateway.login(USER));
  return page;
}

async function callsOf(bed, page, count) {
  const samples = { phoneCalls: [], pageCalls: [] };
  for (let i = 0; i <= count; i++) {
    for (const [direction, times] of [['phoneCalls', await phoneCalls(bed, page)], ['pageCalls', await pageCalls(bed, page)]]) {
      if (i > 0) samples[direction].push(times); // the first is for warming up
    }
  }
  await page.close();
  return samples;
}

async function phoneCalls(bed, page) {
  await page.evaluate(() => window.expectCall());
  const call = await bed.phone.call(bed.gateway.pageUri(USER), PACKET_MS);
  await call.answered;
  return moments(call, page);
}

async function pageCalls(bed, page) {
  const rung = bed.phone.expect(USER);
  await page.evaluate((to) => window.placeCall(to), bed.gateway.phoneNumber());
  const call = await rung;
  call.answer(PACKET_MS);
  return moments(call, page);
}

/** How long after the answer, the page's or the phone's, each heard the other. */
async function moments(call, page) {
  const sinceEpoch = (ms) => performance.timeOrigin + ms;
  const phoneHears = sinceEpoch(await call.rtp.firstHeard);
  const { answered = sinceEpoch(call.times.ok), pageHears } = await page.evaluate(() => window.answered);
  call.hangUp();
  call.close();
  await pause(BETWEEN_CALLS_MS);
  return { phoneHears: phoneHears - answered, pageHears: pageHears - answered };
}

function figures(samples) {
  const of = (direction, moment) =>
    Object.fromEntries(Object.entries(samples).map(([name, s]) => [name, s[direction].map((t) => t[moment])]));
  return [
    ...spread('phone to Chromium, `answer` to first packet at the phone', 'ms', of('phoneCalls', 'phoneHears')),
    ...spread('phone to Chromium, `answer` to first packet at the page', 'ms', of('phoneCalls', 'pageHears')),
    ...spread('Chromium to phone, 200 to first packet at the phone', 'ms', of('pageCalls', 'phoneHears')),
    ...spread('Chromium to phone, 200 to first packet at the page', 'ms', of('pageCalls', 'pageHears')),
  ];
}

/** A second of a sine as a WAV file. */
function tone(hz) {
  const header = Buffer.alloc(44);
  header.write('RIFF', 0);
  header.writeUInt32LE(36 + 2 * RATE_HZ, 4);
  header.write('WAVEfmt ', 8);
  [16, 0x00010001, RATE_HZ, 2 * RATE_HZ, 0x00100002].forEach((word, i) => header.writeUInt32LE(word, 16 + 4 * i));
  header.write('data', 36);
  header.writeUInt32LE(2 * RATE_HZ, 40);
  const samples = Int16Array.from({ length: RATE_HZ }, (_, i) => 8000 * Math.sin((2 * Math.PI * hz * i) / RATE_HZ));
  return Buffer.concat([header, Buffer.from(samples.buffer)]);
}
