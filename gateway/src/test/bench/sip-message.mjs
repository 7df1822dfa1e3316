// SIP messages as far as a phone on a loopback address needs them (RFC 3261 section 7).
import { createHash, randomBytes } from 'node:crypto';

const COMPACT = { v: 'via', f: 'from', t: 'to', i: 'call-id', m: 'contact', l: 'content-length' };

/** Reads a datagram. Header names are lower case; each has a list of values. */
export function parse(datagram) {
  const text = datagram.toString('latin1');
  const end = text.indexOf('\r\n\r\n');
  const [start, ...lines] = text.slice(0, end).split('\r\n');
  const headers = new Map();
  for (const line of lines) {
    const colon = line.indexOf(':');
    const written = line.slice(0, colon).trim().toLowerCase();
    const name = COMPACT[written] ?? written;
    headers.set(name, [...(headers.get(name) ?? []), line.slice(colon + 1).trim()]);
  }
  const words = start.split(' ');
  const first = words[0].startsWith('SIP/') ? { status: Number(words[1]) } : { method: words[0], uri: words[1] };
  return { ...first, headers, body: text.slice(end + 4), get: (name) => headers.get(name)?.[0] };
}

/** Writes a message; `headers` is a list of [name, value]. */
export function format(start, headers, body = '') {
  const lines = headers.map(([name, value]) => `${name}: ${value}`);
  const type = body ? ['Content-Type: application/sdp'] : [];
  const length = `Content-Length: ${Buffer.byteLength(body)}`;
  return Buffer.from([start, ...lines, ...type, length, '', body].join('\r\n'));
}

/** The response to `request`, with `tag` in To unless there is one. */
export function respond(request, status, tag, headers = [], body = '') {
  const to = request.get('to');
  const copied = request.headers.get('via').map((via) => ['Via', via]);
  copied.push(['From', request.get('from')]);
  copied.push(['To', /;\s*tag=/.test(to) ? to : `${to};tag=${tag}`]);
  copied.push(['Call-ID', request.get('call-id')], ['CSeq', request.get('cseq')]);
  return format(`SIP/2.0 ${status}`, [...copied, ...headers], body);
}

export const token = () => randomBytes(6).toString('hex');

/** The URI of a Contact value. */
export const uriOf = (contact) => /<([^>]+)>/.exec(contact)?.[1] ?? contact.split(';')[0].trim();

/** Host and port of a SIP URI with a numeric host. */
export function addressOf(uri) {
  const [, host, port] = /^sip:(?:[^@]*@)?([^:;]+)(?::(\d+))?/.exec(uri);
  return { host, port: Number(port ?? 5060) };
}

const md5 = (text) => createHash('md5').update(text).digest('hex');

/** Answers MD5 digest challenges (RFC 8760, RFC 7616) and uses a nonce for as long as it is good. */
export class Digest {
  #challenge;
  #count = 0;

  constructor(user, password) {
    this.user = user;
    this.password = password;
  }

  /** Takes the MD5 challenge of a 401; false if there is none. */
  take(response) {
    const challenges = response.headers.get('www-authenticate') ?? [];
    const text = challenges.find((c) => /algorithm=MD5/i.test(c) || !/algorithm=/i.test(c));
    const field = (name) => new RegExp(`${name}="([^"]*)"`).exec(text)?.[1];
    this.#challenge = text && { realm: field('realm'), nonce: field('nonce'), opaque: field('opaque') };
    this.#count = 0;
    return Boolean(text);
  }

  /** The Authorization header for the next request, in a list; empty before the first challenge. */
  headers(method, uri) {
    if (!this.#challenge) return [];
    const { realm, nonce, opaque } = this.#challenge;
    const nc = (++this.#count).toString(16).padStart(8, '0');
    const cnonce = token();
    const secret = md5(`${this.user}:${realm}:${this.password}`);
    const response = md5([secret, nonce, nc, cnonce, 'auth', md5(`${method}:${uri}`)].join(':'));
    const fields = [`username="${this.user}"`, `realm="${realm}"`, `nonce="${nonce}"`, `uri="${uri}"`];
    fields.push(`response="${response}"`, 'algorithm=MD5', 'qop=auth', `nc=${nc}`, `cnonce="${cnonce}"`);
    if (opaque) fields.push(`opaque="${opaque}"`);
    return [['Authorization', `Digest ${fields.join(', ')}`]];
  }
}
