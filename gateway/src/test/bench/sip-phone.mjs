// A SIP phone over UDP on a loopback address: calls, answers, hangs up. It is also the registrar of
// gateways that register their users with one, and remembers where those are.
import { createSocket } from 'node:dgram';
import { performance } from 'node:perf_hooks';
import { RtpPort, PCMA } from './rtp.mjs';
import { addressOf, Digest, format, parse, respond, token, uriOf } from './sip-message.mjs';

const HOST = '127.0.0.1';

function sessionDescription(rtpPort) {
  return [
    'v=0',
    `o=- 1 1 IN IP4 ${HOST}`,
    's=-',
    `c=IN IP4 ${HOST}`,
    't=0 0',
    `m=audio ${rtpPort} RTP/AVP ${PCMA} 101`,
    `a=rtpmap:${PCMA} PCMA/8000`,
    'a=rtpmap:101 telephone-event/8000',
    'a=fmtp:101 0-15',
    'a=ptime:20',
    'a=sendrecv',
    '',
  ].join('\r\n');
}

const userIn = (address) => /sip:([^@]+)@/.exec(address)[1];
const audioPort = (sdp) => Number(/^m=audio (\d+)/m.exec(sdp)[1]);

/** One call of a phone, from either side. */
export class PhoneCall {
  constructor(phone, rtp, facts) {
    this.phone = phone;
    this.rtp = rtp;
    Object.assign(this, facts); // id, local and remote (From and To values), target (URI), address
    this.times = {};
    this.answered = new Promise((resolve, reject) => Object.assign(this, { resolve, reject }));
    this.ended = new Promise((resolve) => (this.end = resolve));
    this.answered.catch(() => {});
  }

  request(method, sequence, { branch = token(), headers = [], body = '' } = {}) {
    const dialog = [
      ['Via', `SIP/2.0/UDP ${HOST}:${this.phone.port};branch=z9hG4bK${branch};rport`],
      ['Max-Forwards', '70'],
      ['From', this.local],
      ['To', this.remote],
      ['Call-ID', this.id],
      ['CSeq', `${sequence} ${method}`],
      ['Contact', `<${this.phone.uri}>`],
    ];
    this.phone.send(format(`${method} ${this.target} SIP/2.0`, [...dialog, ...headers], body), this.address);
  }

  /** Answers a call that came in; media flow to where the offer says. */
  answer(everyMs) {
    this.times.ok = performance.now();
    const contact = [['Contact', `<${this.phone.uri}>`]];
    this.response = respond(this.invite, '200 OK', this.tag, contact, sessionDescription(this.rtp.number));
    this.phone.send(this.response, this.address);
    this.rtp.startSending(audioPort(this.invite.body), everyMs);
  }

  hangUp() {
    this.request('BYE', 1000);
  }

  close() {
    this.rtp.close();
    this.phone.forget(this);
  }
}

export class SipPhone {
  #socket = createSocket({ type: 'udp4', recvBufferSize: 1 << 20 });
  #calls = new Map();
  #expected = new Map();
  #registering;
  #digest;
  /** Where the users of a registering gateway are: name -> URI. */
  contacts = new Map();

  constructor(user, password) {
    this.user = user;
    this.#digest = new Digest(user, password);
    this.#socket.on('message', (datagram, from) => this.#receive(parse(datagram), from));
  }

  static async open(user, password) {
    const phone = new SipPhone(user, password);
    await new Promise((resolve) => phone.#socket.bind(0, HOST, resolve));
    phone.port = phone.#socket.address().port;
    phone.uri = `sip:${user}@${HOST}:${phone.port}`;
    return phone;
  }

  /** Registers with a gateway. Its nonce then serves for calls too. */
  async register(port) {
    const registrar = `sip:${HOST}:${port}`;
    this.me = `<sip:${this.user}@${HOST}:${port}>`;
    for (let sequence = 1; sequence <= 3; sequence++) {
      const response = await this.#sendRegister(registrar, sequence);
      if (response.status === 200) return;
      if (response.status !== 401 || !this.#digest.take(response)) break;
    }
    throw new Error(`${this.user} cannot register`);
  }

  #sendRegister(registrar, sequence) {
    const headers = [
      ['Via', `SIP/2.0/UDP ${HOST}:${this.port};branch=z9hG4bK${token()};rport`],
      ['Max-Forwards', '70'],
      ['From', `${this.me};tag=r`],
      ['To', this.me],
      ['Call-ID', `register-${this.port}`],
      ['CSeq', `${sequence} REGISTER`],
      ['Contact', `<${this.uri}>`],
      ['Expires', '3600'],
      ...this.#digest.headers('REGISTER', registrar),
    ];
    return new Promise((resolve) => {
      this.#registering = resolve;
      this.send(format(`REGISTER ${registrar} SIP/2.0`, headers), addressOf(registrar));
    });
  }

  /** Calls a URI. `times.invite` is when the INVITE left that was accepted, `times.ok` when 200 came. */
  async call(uri, everyMs) {
    const call = new PhoneCall(this, await RtpPort.open(), {
      id: token(),
      local: `${this.me ?? `<${this.uri}>`};tag=${token()}`,
      remote: `<${uri}>`,
      target: uri,
      address: addressOf(uri),
      sequence: 0,
      everyMs,
    });
    this.#calls.set(call.id, call);
    this.#invite(call);
    return call;
  }

  #invite(call) {
    const headers = this.#digest.headers('INVITE', call.target);
    const body = sessionDescription(call.rtp.number);
    call.branch = token();
    call.times.invite = performance.now();
    call.request('INVITE', ++call.sequence, { branch: call.branch, headers, body });
  }

  /** Resolves to the next call that comes in from a user. */
  expect(user) {
    return new Promise((resolve) => this.#expected.set(user, resolve));
  }

  send(message, { host, port }) {
    this.#socket.send(message, port, host);
  }

  forget(call) {
    this.#calls.delete(call.id);
  }

  close() {
    this.#socket.close();
  }

  #receive(message, from) {
    if (message.method) this.#request(message, { host: from.address, port: from.port });
    else this.#response(message);
  }

  #request(request, address) {
    const call = this.#calls.get(request.get('call-id'));
    if (request.method === 'ACK') return;
    if (request.method === 'INVITE') {
      if (!call) this.#incoming(request, address);
      else if (call.response) this.send(call.response, address);
      return;
    }
    const headers = request.method === 'REGISTER' ? this.#bind(request) : [];
    this.send(respond(request, '200 OK', token(), headers), address);
    if (request.method === 'BYE') call?.end();
  }

  #bind(register) {
    const contact = register.get('contact');
    if (!contact) return [];
    this.contacts.set(userIn(register.get('to')), uriOf(contact));
    return [['Contact', `<${uriOf(contact)}>;expires=3600`]];
  }

  async #incoming(invite, address) {
    const tag = token();
    const call = new PhoneCall(this, undefined, {
      id: invite.get('call-id'),
      local: `${invite.get('to')};tag=${tag}`,
      remote: invite.get('from'),
      target: uriOf(invite.get('contact')),
      address,
      invite,
      tag,
    });
    call.times.invite = performance.now();
    this.#calls.set(call.id, call);
    call.rtp = await RtpPort.open();
    const caller = userIn(call.remote);
    this.#expected.get(caller)?.(call);
    this.#expected.delete(caller);
  }

  #response(response) {
    const [sequence, method] = response.get('cseq').split(' ');
    if (method === 'REGISTER') this.#registering(response);
    const call = this.#calls.get(response.get('call-id'));
    if (method !== 'INVITE' || !call || response.status < 200) return;
    if (response.status < 300) this.#accepted(call, response, sequence);
    else if (Number(sequence) === call.sequence) this.#refused(call, response, sequence);
  }

  #refused(call, response, sequence) {
    const called = call.remote;
    call.remote = response.get('to');
    call.request('ACK', sequence, { branch: call.branch });
    call.remote = called;
    if (response.status === 401 && call.sequence < 3 && this.#digest.take(response)) this.#invite(call);
    else call.reject(new Error(`refused with ${response.status}`));
  }

  #accepted(call, response, sequence) {
    const arrived = performance.now();
    call.remote = response.get('to');
    call.target = uriOf(response.get('contact'));
    call.request('ACK', sequence);
    if (call.times.ok) return;
    call.times.ok = arrived;
    call.rtp.startSending(audioPort(response.body), call.everyMs);
    call.resolve();
  }
}
