// Measures Ringdown with Janus beside it, and prints the figures as a table and as JSON.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { tables } from './figures.mjs';
import { PageServer } from './page-server.mjs';
import { measureCpu, measureHeld, measureIdle, measureRate, measureSetUp, warmUp } from './parts.mjs';
import { writeDocuments } from './documents.mjs';
import { TestBed } from './test-bed.mjs';

const HELP = `Usage: scripts/bench [OPTION]...

Measures Ringdown on this machine, with Janus and its SIP plugin (Debian's package janus) in the same run:
they take turns under the same load, so that whatever else the machine does meets both; held calls go over
rtpengine (rtpengine-daemon), too. Prints tables in Markdown and the same as JSON. Takes about twenty minutes. On a busy machine look at the ratios only.

  --quick           small samples, in three minutes: does it work, and roughly how fast
  --only PART[,PART]
                    setup      what the gateways add to the set-up of a call, and until both hear
                    cpu        CPU of a call with and without media, both gateways warm
                    rate       highest steady rate with and without media
                    held       threads with held calls, CPU and delay of a relayed packet
                    idle       memory of a signed-in page that does nothing
                    peers      time to the first packets with libdatachannel
                    chromium   and with a real browser
  --rate N          calls a second of setup (5)
  --without-janus   Ringdown alone, without rtpengine too
  --readme          write the tables into gateway/docs/benchmarks.md and README.md
  --json FILE       write the figures there too
  --keep            leave the gateways' settings and logs, and say where they are
  --micro [PATTERN] the benchmarks of single parts (JMH) instead, those that the pattern fits
`;
const PARTS = ['setup', 'cpu', 'rate', 'held', 'idle', 'peers', 'chromium'];
const FULL = {
  rate: 5, blocks: 2, setUpSeconds: 16, cpuRate: 20, cpuSeconds: 10, warmUpSeconds: 6, warmUpRate: 60,
  gatewayWarmUpSeconds: 120, gatewayWarmUpRate: 100, stepSeconds: 5, maxRate: 3000, pages: 140, ratePages: 900, held: 100, heldSeconds: 22,
  sessions: 500, signIns: 50, peerCalls: 50, browserCalls: 10,
};
const QUICK = {
  rate: 5, blocks: 1, setUpSeconds: 4, cpuRate: 20, cpuSeconds: 3, warmUpSeconds: 1, warmUpRate: 20,
  gatewayWarmUpSeconds: 5, gatewayWarmUpRate: 20, stepSeconds: 2, maxRate: 80, pages: 60, ratePages: 200, held: 20, heldSeconds: 5,
  sessions: 60, signIns: 50, peerCalls: 10, browserCalls: 2,
};

const say = (text) => console.error(`${new Date().toISOString().slice(11, 19)} ${text}`);

class UsageError extends Error {}

function options() {
  const { values } = parse();
  const parts = values.only.split(',');
  const unknown = parts.filter((part) => !PARTS.includes(part));
  if (unknown.length) throw new UsageError(`--only needs some of ${PARTS.join(', ')}, not ${unknown.join(', ')}`);
  if (values.rate && !(Number(values.rate) > 0)) throw new UsageError(`--rate needs a number, not ${values.rate}`);
  const size = { ...(values.quick ? QUICK : FULL), ...(values.rate ? { rate: Number(values.rate) } : {}) };
  const gateways = values['without-janus'] ? ['ringdown'] : ['ringdown', 'janus'];
  return { ...values, ...size, gateways, parts };
}

function parse() {
  try {
    return parseArgs({
      options: {
        quick: { type: 'boolean' },
        only: { type: 'string', default: PARTS.join(',') },
        rate: { type: 'string' },
        'without-janus': { type: 'boolean' },
        readme: { type: 'boolean' },
        json: { type: 'string' },
        keep: { type: 'boolean' },
        jar: { type: 'string' },
        help: { type: 'boolean' },
      },
    });
  } catch (e) {
    throw new UsageError(e.message);
  }
}

/** What `pattern` finds in the output of a command, whatever its exit status: Janus' is 1. */
const version = (command, args, pattern) => {
  const { stdout } = spawnSync(command, args, { encoding: 'utf8' });
  return pattern.exec(stdout ?? '')?.[1];
};

function machine() {
  const java = process.env.JAVA_HOME ? join(process.env.JAVA_HOME, 'bin/java') : 'java';
  return {
    date: new Date().toISOString().slice(0, 10),
    cpu: `${cpus().length} x ${cpus()[0].model.trim()}`,
    jdk: version(java, ['--version'], /^(\S+ \S+)/),
    janus: version('janus', ['--version'], /\(([\d.]+)\)/),
  };
}

/** A line for each figure. */
function asJson(facts, figures) {
  const lines = figures.map((each) => JSON.stringify(each));
  return `{"run":${JSON.stringify(facts)},\n"figures":[\n${lines.join(',\n')}\n]}`;
}

const range = (count, name) => Array.from({ length: count }, (_, i) => name(i));

/** Starts the gateways, has them measured, and ends them whatever happens. */
async function withBeds(setting, name, work) {
  const directory = join(setting.directory, name);
  mkdirSync(directory);
  const users = [...range(40, (i) => `user${i}`), 'chromium'];
  const beds = [];
  try {
    for (const gateway of setting.gateways) beds.push(await TestBed.start(gateway, { ...setting, directory, users }));
    return await work(beds, { ...setting, directory });
  } finally {
    await Promise.all(beds.map((bed) => bed.stop()));
  }
}

/** A part that breaks costs its own figures, and the exit status. */
async function orNothing(name, figures) {
  try {
    return await figures;
  } catch (e) {
    say(`${name} broke: ${e.message}`);
    process.exitCode = 1;
    return [];
  }
}

/** Idle pages are measured on gateways that have done nothing else. */
async function measure(setting) {
  const wanted = (part) => setting.parts.includes(part);
  const idle = wanted('idle') ? await withBeds(setting, 'idle', (beds, own) => measureIdle(beds, own, say)) : [];
  const parts = [
    ['setup', measureSetUp],
    ['cpu', measureCpu],
    ['held', measureHeld],
    ['peers', measurePeers],
    ['chromium', measureBrowser],
    ['rate', measureRate],
  ].filter(([part]) => wanted(part));
  if (parts.length === 0) return idle;
  const figures = await withBeds(setting, 'calls', async (beds, own) => {
    await warmUp(beds, own, say);
    const found = [];
    for (const [name, part] of parts) found.push(...(await orNothing(name, part(beds, own, say))));
    return found;
  });
  return [...figures, ...idle];
}

// Loaded only if wanted, because their modules have to be installed.
async function measurePeers(beds, setting, say) {
  const { measureLibdatachannel } = await import('./libdatachannel.mjs');
  for (const bed of beds) await bed.signIn(40);
  return measureLibdatachannel(beds, setting, say);
}

async function measureBrowser(beds, setting, say) {
  const { measureChromium } = await import('./chromium.mjs');
  return measureChromium(beds, setting, say);
}

async function main() {
  const chosen = options();
  if (chosen.help) return console.log(HELP);
  const server = await PageServer.start();
  const directory = mkdtempSync(join(tmpdir(), 'ringdown-bench-'));
  const setting = { ...chosen, directory, origin: server.origin };
  const loadBefore = loadavg()[0];
  const began = Date.now();
  try {
    const figures = await measure(setting);
    const facts = { ...machine(), loadBefore, seconds: Math.round((Date.now() - began) / 1000) };
    console.log(`${Object.entries(facts).map(([name, value]) => `${name}: ${value}`).join(', ')}\n`);
    console.log(`${tables(figures)}\n\n\`\`\`json\n${asJson(facts, figures)}\n\`\`\``);
    if (chosen.json) writeFileSync(chosen.json, `${asJson(facts, figures)}\n`);
    if (chosen.readme) writeDocuments(facts, figures);
  } finally {
    server.close();
    if (setting.keep) say(`settings and logs are in ${directory}`);
    else rmSync(directory, { recursive: true, force: true });
  }
}

process.setMaxListeners(0);
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1));
// libdatachannel's threads would keep the process.
main().then(
  () => process.exit(),
  (e) => {
    console.error(e instanceof UsageError ? `${e.message}\nSee scripts/bench --help.` : e);
    process.exit(e instanceof UsageError ? 2 : 1);
  },
);
