// PCMA packets, and the phone's end of them: one UDP socket for each call.
import { createSocket } from 'node:dgram';
import { performance } from 'node:perf_hooks';

export const PCMA = 8;
const SAMPLES = 160;
const HEADER_BYTES = 12;


/** A stream of RTP packets with 20 ms of silence each. */
export class PacketSource {
  #sequence = 1;
  #timestamp = 0;
  #packet = Buffer.alloc(HEADER_BYTES + SAMPLES, 0xd5);

  constructor(ssrc) {
    this.#packet[0] = 0x80;
    this.#packet[1] = PCMA;
    this.#packet.writeUInt32BE(ssrc, 8);
  }

  /** The next packet, in a buffer of its own because sockets send later. */
  next() {
    this.#packet.writeUInt16BE(this.#sequence++ & 0xffff, 2);
    this.#packet.writeUInt32BE(this.#timestamp >>> 0, 4);
    this.#timestamp += SAMPLES;
    return Buffer.from(this.#packet);
  }
}

/** Calls `send` every `everyMs`, also for the ticks that a busy event loop missed. */
export class Pace {
  #timer;

  constructor(everyMs, send) {
    let next = performance.now();
    this.#timer = setInterval(() => {
      for (const now = performance.now(); next <= now; next += everyMs) send();
    }, everyMs);
    send();
    next += everyMs;
  }

  stop() {
    clearInterval(this.#timer);
  }
}

/** The phone's RTP port of one call. */
export class RtpPort {
  #socket = createSocket('udp4');
  #pace;
  heard = 0;
  sent = 0;

  constructor() {
    this.firstHeard = new Promise((resolve) => {
      this.#socket.on('message', (packet) => {
        if ((packet[1] & 0x7f) !== PCMA) return;
        if (this.heard++ === 0) resolve(performance.now());
      });
    });
  }

  static async open() {
    const port = new RtpPort();
    await new Promise((resolve) => port.#socket.bind(0, '127.0.0.1', resolve));
    return port;
  }

  get number() {
    return this.#socket.address().port;
  }

  startSending(port, everyMs) {
    const source = new PacketSource(this.number);
    this.#pace ??= new Pace(everyMs, () => {
      this.#socket.send(source.next(), port, '127.0.0.1');
      this.sent++;
    });
  }

  close() {
    this.#pace?.stop();
    this.#socket.close();
  }
}
