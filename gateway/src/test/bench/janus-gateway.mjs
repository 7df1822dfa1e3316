// Janus with its SIP plugin, the nearest peer; every other plugin and transport is switched off.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import WebSocket from 'ws';
import { MEDIA_ADDRESS } from './addresses.mjs';
import { JanusClient } from './janus-client.mjs';
import { isListening, Program } from './program.mjs';

const UNUSED_PLUGINS =
  'audiobridge duktape echotest lua nosip recordplay streaming textroom videocall videoroom voicemail';
const UNUSED_TRANSPORTS = 'http mqtt nanomsg pfunix rabbitmq';

const disabled = (names) => names.split(' ').map((name) => `libjanus_${name}.so`).join(',');

export class JanusGateway {
  name = 'janus';
  #setting;
  #ports;
  #phone;

  /**
   * `ports` names web and the first of the ranges `rtp` (towards phones) and `media` (towards pages);
   * `phone` is the registrar of this gateway's users.
   */
  constructor(setting, ports, phone) {
    this.#setting = setting;
    this.#ports = ports;
    this.#phone = phone;
    for (const [file, text] of Object.entries(this.#configuration())) {
      writeFileSync(join(setting.home, file), text);
    }
    this.program = new Program('janus', ['-F', setting.home], join(setting.home, 'log'));
  }

  async ready() {
    await this.program.ready(() => isListening(this.#ports.web));
  }

  pageUri(user) {
    return this.#phone.contacts.get(user);
  }

  phoneNumber() {
    return this.#phone.uri;
  }

  login(user) {
    const url = `ws://127.0.0.1:${this.#ports.web}/`;
    return { url, user, password: this.#setting.password, registrar: this.#phone.port };
  }

  signIn(user) {
    return JanusClient.signIn(WebSocket, this.login(user));
  }

  /** What scripts/load wants to know of it. */
  loadTarget() {
    return { janus: `ws://127.0.0.1:${this.#ports.web}/` };
  }

  #configuration() {
    const { web, rtp, media } = this.#ports;
    return {
      'janus.jcfg': `
        general: { server_name = "bench" }
        media: { rtp_port_range = "${media}-${media + 5999}" }
        nat: { full_trickle = true, ice_enforce_list = "${MEDIA_ADDRESS}", ice_ignore_list = "" }
        plugins: { disable = "${disabled(UNUSED_PLUGINS)}" }
        transports: { disable = "${disabled(UNUSED_TRANSPORTS)}" }`,
      'janus.transport.websockets.jcfg': `
        general: { json = "compact", ws = true, ws_port = ${web}, ws_interface = "lo", wss = false }
        admin: { admin_ws = false }`,
      'janus.plugin.sip.jcfg': `
        general: { local_ip = "127.0.0.1", local_media_ip = "127.0.0.1", sdp_ip = "127.0.0.1",
          rtp_port_range = "${rtp}-${rtp + 7999}", behind_nat = false, register_ttl = 3600 }`,
    };
  }
}
