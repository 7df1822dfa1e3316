// Measures Ringdown, with Janus beside it, and prints the figures as a table and as JSON.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { measureCalls, measureFirstCalls, warmUp } from './call-load.mjs';
import { measureChromium } from './chromium.mjs';
import { table } from './figures.mjs';
import { measureHeldCalls } from './held-calls.mjs';
import { measureSessions } from './idle-sessions.mjs';
import { PageServer } from './page-server.mjs';
import { TestBed } from './test-bed.mjs';

const HELP = `Usage: scripts/measure [--quick] [--only PART[,PART]] [--calls N] [--rate N] [--without-janus]

Measures Ringdown on this machine, with Janus 1.1.2 and its SIP plugin (Debian's package janus) in
the same run: they take turns, so that whatever else the machine does meets both. Prints a table in
Markdown and the same as JSON. Takes about ten minutes. On a busy machine look at the ratios only.

  --quick           small samples, in less than a minute: does it work, and roughly how fast
  --only PART       calls      set-up times, time to the first packets, CPU of each call
                    held       memory of a held call, CPU of each relayed packet
                    sessions   memory of a signed-in page that does nothing
                    chromium   time to the first packets with a real browser
  --calls N         how many calls each way are measured (150)
  --rate N          how many of them begin each second (5)
  --without-janus   Ringdown alone
  --keep            leave the gateways' settings and logs, and say where they are
`;
const FULL = {
  calls: 150, rate: 5, blocks: 5, warmUpCalls: 1500, warmUpRate: 20, callers: 80,
  held: 50, seconds: 15, settleSeconds: 15, sessions: 500, earlierSessions: 50, browserCalls: 20,
};
const QUICK = {
  calls: 20, rate: 10, blocks: 1, warmUpCalls: 40, warmUpRate: 20, callers: 40,
  held: 10, seconds: 2, settleSeconds: 1, sessions: 40, earlierSessions: 10, browserCalls: 2,
};

const say = (text) => console.error(`${new Date().toISOString().slice(11, 19)} ${text}`);

function options() {
  const { values } = parseArgs({
    options: {
      quick: { type: 'boolean' },
      only: { type: 'string', default: 'sessions,calls,held,chromium' },
      calls: { type: 'string' },
      rate: { type: 'string' },
      'without-janus': { type: 'boolean' },
      keep: { type: 'boolean' },
      jar: { type: 'string' },
      help: { type: 'boolean' },
    },
  });
  const given = Object.entries({ calls: values.calls, rate: values.rate }).filter(([, value]) => value);
  const numbers = Object.fromEntries(given.map(([name, value]) => [name, Number(value)]));
  const gateways = values['without-janus'] ? ['ringdown'] : ['ringdown', 'janus'];
  const size = { ...(values.quick ? QUICK : FULL), ...numbers };
  return { ...values, ...size, gateways, parts: values.only.split(',') };
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
    node: process.version,
  };
}

/** A line for each figure. */
function asJson(facts, figures) {
  const lines = figures.map((each) => JSON.stringify(each));
  return `{"run":${JSON.stringify(facts)},\n"figures":[\n${lines.join(',\n')}\n]}`;
}

const range = (count, name) => Array.from({ length: count }, (_, i) => name(i));

/** Starts the gateways, has them measured, and ends them whatever happens. */
async function withBeds(setting, users, work) {
  const beds = [];
  try {
    for (const name of setting.gateways) beds.push(await TestBed.start(name, { ...setting, users }));
    return await work(beds);
  } finally {
    await Promise.all(beds.map((bed) => bed.stop()));
  }
}

const measureIdle = (setting) => {
  const users = range(setting.sessions + setting.earlierSessions, (i) => `idle${i}`);
  return withBeds({ ...setting, directory: mkdtempSync(join(setting.directory, 'idle-')) }, users, (beds) =>
    measureSessions(beds, setting, say),
  );
};

function measureCalling(setting) {
  const callers = range(setting.callers, (i) => `user${i}`);
  const parts = [
    ['calls', measureCalls],
    ['held', measureHeldCalls],
    ['chromium', measureChromium],
  ].filter(([name]) => setting.parts.includes(name));
  if (parts.length === 0) return [];
  return withBeds(setting, [...callers, 'chromium'], async (beds) => {
    for (const bed of beds) await bed.signIn(setting.callers);
    const figures = setting.parts.includes('calls') ? await measureFirstCalls(beds, say) : [];
    await warmUp(beds, setting, say);
    for (const [, measure] of parts) figures.push(...(await measure(beds, setting, say)));
    return figures;
  });
}

async function main() {
  const chosen = options();
  if (chosen.help) return console.log(HELP);
  const server = await PageServer.start();
  const directory = mkdtempSync(join(tmpdir(), 'ringdown-measure-'));
  const setting = { ...chosen, directory, origin: server.origin };
  const loadBefore = loadavg()[0];
  try {
    const idle = setting.parts.includes('sessions') ? await measureIdle(setting) : [];
    const figures = [...(await measureCalling(setting)), ...idle];
    const facts = { ...machine(), loadBefore, loadAfter: loadavg()[0] };
    console.log(`${Object.entries(facts).map(([name, value]) => `${name}: ${value}`).join(', ')}\n`);
    console.log(`${table(figures)}\n\n\`\`\`json\n${asJson(facts, figures)}\n\`\`\``);
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
  () => process.exit(0),
  (e) => (console.error(e), process.exit(1)),
);
