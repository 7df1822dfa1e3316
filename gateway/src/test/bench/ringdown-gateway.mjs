// Ringdown as it is shipped, with ports and users for the bench.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import WebSocket from 'ws';
import { MEDIA_ADDRESS } from './addresses.mjs';
import { isListening, Program } from './program.mjs';
import { RingdownClient } from './ringdown-client.mjs';

const LOAD_PAGES = 'page';
const LOAD_PHONES = 'desk';
const MANY = 100_000;
const numbered = (prefix, count) => Array.from({ length: count }, (_, i) => `${prefix}${i}`);

const JAVA_OPTIONS = fileURLToPath(
  new URL('../../main/resources/org/ringdown/gateway/java-options', import.meta.url));

export class RingdownGateway {
  name = 'ringdown';
  #setting;
  #ports;

  /** `ports` names sip, web, media and the first of the range `rtp`. */
  constructor(setting, ports) {
    this.#setting = setting;
    this.#ports = ports;
    const config = join(setting.home, 'gateway.yaml');
    writeFileSync(config, JSON.stringify(this.#configuration())); // JSON is YAML
    const java = process.env.JAVA_HOME ? join(process.env.JAVA_HOME, 'bin/java') : 'java';
    const sharing = [`-XX:SharedArchiveFile=${setting.jar.replace(/\.jar$/, '.jsa')}`, '-Xlog:cds*=off'];
    const args = [...sharing, `@${JAVA_OPTIONS}`, '-jar', setting.jar, '--config', config];
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

  /** What scripts/load wants to know of it. */
  loadTarget() {
    const { sip, web } = this.#ports;
    const login = (prefix) => `${prefix}:${this.#setting.password}`;
    return {
      gateway: `127.0.0.1:${sip}`,
      web: `ws://127.0.0.1:${web}/ws`,
      'page-users': login(LOAD_PAGES),
      'phone-users': login(LOAD_PHONES),
    };
  }

  #configuration() {
    const { sip, web, media, rtp } = this.#ports;
    const { users, password, phone, origin } = this.#setting;
    const loads = [...numbered(LOAD_PAGES, 2000), ...numbered(LOAD_PHONES, 20)];
    const logins = [...users, ...loads].map((user) => [user, { password }]);
    const limits = {
      maxCallsPerSession: 1000,
      limits: { callsPerUser: MANY, socketsPerAddress: MANY, messagesPerSecond: 10_000 },
    };
    return {
      sip: { listen: [`udp:127.0.0.1:${sip}`] },
      web: { http: `127.0.0.1:${web}`, https: null, allowedOrigins: origin ? [origin] : [], ...limits },
      calls: { maxCalls: MANY },
      media: { listen: `${MEDIA_ADDRESS}:${media}`, rtp: { bind: '127.0.0.1', ports: `${rtp}-${rtp + 7999}` } },
      admin: { listen: null },
      users: Object.fromEntries([[phone.user, { password: phone.password }], ...logins]),
    };
  }
}
