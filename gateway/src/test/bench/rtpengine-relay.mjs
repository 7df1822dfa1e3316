// rtpengine in userspace (Debian's package rtpengine-daemon), which relays media and does nothing else.
import { createSocket } from 'node:dgram';
import { join } from 'node:path';
import { freePort, MEDIA_ADDRESS, SIGNALLING_ADDRESS } from './addresses.mjs';
import { Program } from './program.mjs';

const RTP = 32000;
const PING = 'bench {"command":"ping"}';
const PATIENCE_MS = 500;

/** Whether an rtpengine answers at a UDP port of this machine. */
function isAnswering(port) {
  return new Promise((resolve) => {
    const socket = createSocket('udp4');
    const found = (answer) => socket.close(() => resolve(answer));
    const late = setTimeout(() => found(false), PATIENCE_MS);
    socket.once('message', () => (clearTimeout(late), found(true))).on('error', () => {});
    socket.send(PING, port, SIGNALLING_ADDRESS);
  });
}

export class RtpengineRelay {
  name = 'rtpengine';
  #port;

  constructor(home, port) {
    this.#port = port;
    const args = [
      '--config-file=none', '--foreground', '--log-stderr', '--log-level=4',
      '--table=-1', // nothing in the kernel
      `--interface=${MEDIA_ADDRESS}`, `--listen-ng=${SIGNALLING_ADDRESS}:${port}`, `--port-min=${RTP}`, `--port-max=${RTP + 767}`,
    ];
    this.program = new Program('rtpengine', args, join(home, 'rtpengine.log'));
  }

  /** A running one, whose log is in the directory `home`. */
  static async start(home) {
    const port = await freePort();
    const relay = new RtpengineRelay(home, port);
    await relay.program.ready(() => isAnswering(port));
    return relay;
  }

  /** What scripts/load wants to know of it. */
  loadTarget() {
    return { rtpengine: `${SIGNALLING_ADDRESS}:${this.#port}` };
  }
}
