// A program under measurement: started with a log of its own, ended by its own process id.
import { spawn } from 'node:child_process';
import { connect } from 'node:net';
import { openSync, readFileSync } from 'node:fs';

export const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Whether something accepts connections at a TCP port of this machine. */
export function isListening(port) {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.on('connect', () => resolve(true)).on('error', () => resolve(false));
    socket.on('connect', () => socket.destroy());
  });
}

export class Program {
  #child;

  constructor(command, args, logFile) {
    const log = openSync(logFile, 'w');
    this.logFile = logFile;
    this.#child = spawn(command, args, { stdio: ['ignore', log, log] });
    this.#child.on('error', () => {});
    process.once('exit', () => this.#child.kill('SIGKILL')); // whatever ended us
    this.exited = new Promise((resolve) => this.#child.on('close', resolve));
  }

  get pid() {
    return this.#child.pid;
  }

  /** Waits until `isReady` comes true, and fails with the end of the log if the program ends first. */
  async ready(isReady, patienceMs = 30_000) {
    let running = true;
    this.exited.then(() => (running = false));
    for (const end = Date.now() + patienceMs; !(await isReady()); await pause(50)) {
      if (running && Date.now() < end) continue;
      await this.stop();
      throw new Error(`not started: ${readFileSync(this.logFile, 'utf8').slice(-2000)}`);
    }
  }

  async stop() {
    if (this.#child.exitCode !== null || !this.pid) return;
    this.#child.kill('SIGTERM');
    const kill = setTimeout(() => this.#child.kill('SIGKILL'), 10_000);
    await this.exited;
    clearTimeout(kill);
  }
}
