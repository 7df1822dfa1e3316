// A gateway that runs, a phone beside it, and pages that are signed in.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from './addresses.mjs';
import { JanusGateway } from './janus-gateway.mjs';
import { RingdownGateway } from './ringdown-gateway.mjs';
import { SipPhone } from './sip-phone.mjs';

const RINGDOWN_RTP = 10000;
const JANUS_RTP = { rtp: 18000, media: 26000 };
const PHONE = { user: 'phone', password: 'phone-password' };
const SIGN_IN_AT_ONCE = 10;
const PASSWORD = 'page-password';

export class TestBed {
  #next = 0;
  clients = new Map();

  constructor(gateway, phone, users) {
    Object.assign(this, { gateway, phone, users });
  }

  /** A running gateway by its name; `users` may sign in, none has. */
  static async start(name, { directory, jar, users, origin }) {
    const home = join(directory, name);
    mkdirSync(home);
    const phone = await SipPhone.open(PHONE.user, PHONE.password);
    const setting = { home, jar, users, origin, phone: PHONE, password: PASSWORD };
    const gateway = name === 'janus' ? await TestBed.#janus(setting, phone) : await TestBed.#ringdown(setting);
    const bed = new TestBed(gateway, phone, users);
    try {
      await gateway.ready(phone);
    } catch (e) {
      await bed.stop();
      throw e;
    }
    return bed;
  }

  static async #janus(setting, phone) {
    return new JanusGateway(setting, { web: await freePort(), ...JANUS_RTP }, phone);
  }

  static async #ringdown(setting) {
    const [sip, web, media] = [await freePort(), await freePort(), await freePort()];
    return new RingdownGateway(setting, { sip, web, media, rtp: RINGDOWN_RTP });
  }

  /** Signs in the first `count` users that have not, a few at a time. */
  async signIn(count) {
    const absent = this.users.filter((user) => !this.clients.has(user)).slice(0, count);
    while (absent.length > 0) {
      await Promise.all(absent.splice(0, SIGN_IN_AT_ONCE).map((user) => this.#signIn(user)));
    }
  }

  async #signIn(user) {
    this.clients.set(user, await this.gateway.signIn(user));
  }

  /** The signed-in users in turn, because one of Janus' needs a second between two calls. */
  nextUser() {
    const signedIn = [...this.clients.keys()];
    return signedIn[this.#next++ % signedIn.length];
  }

  async stop() {
    for (const client of this.clients.values()) client.close();
    await this.gateway.program.stop();
    this.phone.close();
  }
}
