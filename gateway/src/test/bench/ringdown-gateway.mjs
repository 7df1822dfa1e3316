// Ringdown as it is shipped, with ports and users for the measurement.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import WebSocket from 'ws';
import { MEDIA_ADDRESS } from './addresses.mjs';
import { isListening, Program } from './program.mjs';
import { RingdownClient } from './ringdown-client.mjs';

const JAVA_OPTIONS = ['-XX:+UseG1GC', '-Xms64m', '-XX:MaxRAMPercentage=60']; // as in scripts/start

export class RingdownGateway {
  name = 'ringdown';
  #setting;
  #ports;

  /** `ports` names sip, web, admin, media and the first of the range `rtp`. */
  constructor(setting, ports) {
    this.#setting = setting;
    this.#ports = ports;
    const config = join(setting.home, 'gateway.yaml');
    writeFileSync(config, JSON.stringify(this.#configuration())); // JSON is YAML
    const java = process.env.JAVA_HOME ? join(process.env.JAVA_HOME, 'bin/java') : 'java';
    const args = [...JAVA_OPTIONS, '-jar', setting.jar, '--config', config];
    this.program = new Program(java, args, join(setting.home, 'log'));
  }

  async ready(phone) {
    await this.program.ready(() => isListening(this.#ports.web));
    await phone.register(this.#ports.sip);
  }

  /** Where a phone sends the INVITE for a user. */
  pageUri(user) {
    return `sip:${user}@127.0.0.1:${this.#ports.sip}`;
  }

  /** What a page calls to reach the phone. */
  phoneNumber() {
    return this.#setting.phone.user;
  }

  /** What a client needs to sign in. */
  login(user) {
    return { url: `ws://127.0.0.1:${this.#ports.web}/ws`, user, password: this.#setting.password };
  }

  signIn(user) {
    return RingdownClient.signIn(WebSocket, this.login(user));
  }

  /** What it holds on to: its live heap. How much of its heap it keeps resident is the Java machine's choice. */
  occupiedKiB() {
    return this.program.liveHeapKiB();
  }

  #configuration() {
    const { sip, web, admin, media, rtp } = this.#ports;
    const { users, password, phone, origin } = this.#setting;
    const logins = users.map((user) => [user, { password }]);
    return {
      sip: { listen: [`udp:127.0.0.1:${sip}`] },
      web: { http: `127.0.0.1:${web}`, https: null, allowedOrigins: origin ? [origin] : [] },
      media: { listen: `${MEDIA_ADDRESS}:${media}`, rtp: { bind: '127.0.0.1', ports: `${rtp}-${rtp + 999}` } },
      admin: { listen: `127.0.0.1:${admin}` },
      users: Object.fromEntries([[phone.user, { password: phone.password }], ...logins]),
    };
  }
}
