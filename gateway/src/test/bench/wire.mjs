// What a gateway needs for the messages that set up a call, read off the loopback interface with tcpdump.
import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const PCAP_HEADER = 24;
const RECORD_HEADER = 16;
const ETHERNET_HEADER = 14;
const [TCP, UDP] = [6, 17];
const WEBSOCKET_TEXT = 0x81;

/** What tells the messages between a page and a gateway that set up a call: those of the page, and those to it. */
const MARKS = {
  ringdown: { call: '"type":"call"', answer: '"type":"answer"', incoming: '"type":"incoming"', accepted: '"type":"accepted"' },
  janus: { call: '"request":"call"', answer: '"request":"accept"', incoming: '"event":"incomingcall"', accepted: '"event":"accepted"' },
};
const FROM_THE_PAGE = ['call', 'answer'];

/** What follows what while a call is set up, either way; the second and the fourth are the gateway's doing. */
const FROM_PHONE = ['INVITE', 'incoming', 'answer', '200'];
const FROM_PAGE = ['call', 'INVITE', '200', 'accepted'];

export class WireTap {
  #file;
  #program;

  /** Records all that goes by loopback until {@link stop}. Needs root, as the rest of the bench's tools do. */
  static async start(directory) {
    const tap = new WireTap();
    tap.#file = join(directory, 'wire.pcap');
    const out = openSync(tap.#file, 'w');
    tap.#program = spawn('tcpdump', ['-i', 'lo', '-U', '-B', '16384', '-w', '-', 'udp or tcp'], { stdio: ['ignore', out, 'pipe'] });
    closeSync(out);
    process.once('exit', () => tap.#program.kill('SIGKILL'));
    await new Promise((resolve, reject) => {
      let said = '';
      tap.#program.stderr.on('data', (text) => (said += text).includes('listening on') && resolve());
      tap.#program.on('error', reject).on('close', () => reject(new Error(`tcpdump ended: ${said}`)));
    });
    return tap;
  }

  /** The packets of the record in their order, as {@link setUpTimes} takes them. */
  async stop() {
    const ended = new Promise((resolve) => this.#program.on('close', resolve));
    this.#program.kill('SIGINT');
    await ended;
    return packets(readFileSync(this.#file));
  }
}

function packets(pcap) {
  const found = [];
  for (let at = PCAP_HEADER; at + RECORD_HEADER <= pcap.length; ) {
    const ms = pcap.readUInt32LE(at) * 1e3 + pcap.readUInt32LE(at + 4) / 1e3;
    const begin = at + RECORD_HEADER;
    at = begin + pcap.readUInt32LE(at + 8);
    const ip = pcap.subarray(begin + ETHERNET_HEADER, at);
    const transport = ip.subarray((ip[0] & 0xf) * 4);
    if (ip[9] === UDP) found.push({ ms, datagram: transport.subarray(8) });
    if (ip[9] === TCP) found.push({ ms, segment: transport.subarray((transport[12] >> 4) * 4) });
  }
  return found;
}

/**
 * How long the gateway took for each call's request and answer together, in milliseconds: from the moment that a message lay in
 * its socket to the one that it sent the next. Only the calls of the record's last `seconds`, and of these none that
 * crosses another while it is set up, since nothing tells whose a page's message is.
 */
export function setUpTimes(record, gateway, seconds) {
  const found = [];
  let seen = [];
  for (const { ms, ...packet } of record) {
    for (const name of namesOf(packet, MARKS[gateway])) {
      seen = follows(seen, name) ? [...seen, { name, ms }] : begins(name) ? [{ name, ms }] : [];
      if (seen.length < FROM_PHONE.length) continue;
      const [a, b, c, d] = seen.map((each) => each.ms);
      found.push({ end: d, ms: b - a + d - c });
      seen = [];
    }
  }
  const since = (found.at(-1)?.end ?? 0) - seconds * 1e3;
  return found.filter(({ end }) => end > since).map(({ ms }) => ms);
}

const begins = (name) => name === FROM_PHONE[0] || name === FROM_PAGE[0];
const follows = (seen, name) =>
  [FROM_PHONE, FROM_PAGE].some((way) => way[seen.length] === name && seen.every((each, i) => each.name === way[i]));

function namesOf({ datagram, segment }, marks) {
  return datagram ? sipName(datagram) : frames(segment).flatMap((frame) => pageName(frame, marks));
}

const pageName = ({ text, fromPage }, marks) =>
  Object.keys(marks).filter((name) => text.includes(marks[name]) && FROM_THE_PAGE.includes(name) === fromPage);

function sipName(datagram) {
  if (datagram.subarray(0, 7).toString() === 'INVITE ') return ['INVITE'];
  const isOk = datagram.subarray(0, 11).toString() === 'SIP/2.0 200' && /^CSeq:\s*\d+ INVITE/im.test(datagram.toString('latin1'));
  return isOk ? ['200'] : [];
}

/** The WebSocket frames (RFC 6455 section 5.2) that a segment holds whole; a page masks its own. */
function frames(segment) {
  const found = [];
  for (let at = 0; at + 2 <= segment.length && segment[at] === WEBSOCKET_TEXT; ) {
    const fromPage = segment[at + 1] >> 7 === 1;
    const short = segment[at + 1] & 0x7f;
    const [length, header] = short < 126 ? [short, 2] : [segment.readUInt16BE(at + 2), 4];
    const mask = segment.subarray(at + header, at + header + 4);
    const begin = at + header + (fromPage ? 4 : 0);
    at = begin + length;
    const payload = segment.subarray(begin, at);
    found.push({ fromPage, text: (fromPage ? payload.map((byte, i) => byte ^ mask[i % 4]) : payload).toString() });
  }
  return found;
}
