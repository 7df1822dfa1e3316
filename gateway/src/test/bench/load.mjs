// Runs scripts/load's program against a gateway and reads what it found.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MEDIA_ADDRESS } from './addresses.mjs';

const JAVA_OPTIONS = ['-XX:+UseParallelGC', '-Xms64m', '-XX:MaxRAMPercentage=30'];
const CLASS = 'org.ringdown.gateway.testkit.load.LoadTest';
let runs = 0;

/** The result as scripts/load --json writes it. `options` are those of scripts/load, without dashes. */
export async function load(bed, { jar, directory }, options) {
  const json = join(directory, `load-${++runs}.json`);
  const given = { ...bed.gateway.loadTarget(), from: MEDIA_ADDRESS, pid: bed.gateway.program.pid, json, ...options };
  const words = Object.entries(given).flatMap(([name, value]) => (value === true ? [`--${name}`] : [`--${name}`, String(value)]));
  const java = process.env.JAVA_HOME ? join(process.env.JAVA_HOME, 'bin/java') : 'java';
  const child = spawn(java, [...JAVA_OPTIONS, '-cp', jar, CLASS, ...words], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, RINGDOWN_LOG: 'error' },
  });
  process.once('exit', () => child.kill('SIGKILL'));
  let said = '';
  child.stderr.on('data', (text) => (said = (said + text).slice(-2000)));
  const status = await new Promise((resolve) => child.on('close', resolve));
  // 1 is a limit that was missed: still a result.
  if (status !== 0 && status !== 1) throw new Error(`the load did not run (${status}): ${said}`);
  return JSON.parse(readFileSync(json, 'utf8'));
}
