import assert from 'node:assert/strict';
import { after, beforeEach, test } from 'node:test';
import { FakePeerConnection, FakeSocket, FakeStream, FakeTrack, welcome } from './fakes.mjs';

// A gateway that says yes to everything. The examples themselves know nothing of fakes.
let sockets;
const printed = [];

class YesSocket extends FakeSocket {
  #seq = 1;

  constructor(...args) {
    super(...args);
    sockets.push(this);
    setTimeout(() => this.open());
  }

  send(text) {
    super.send(text);
    const { type, id, call } = JSON.parse(text);
    if (id) this.#later({ type: 'ok', id });
    if (type === 'hello') this.#later(welcome());
    if (type === 'call') this.#event({ type: 'accepted', call });
    if (type === 'transfer') {
      this.#event({ type: 'transferred', call, status: 'accepted' });
      this.#event({ type: 'hangup', call, by: 'local', reason: { code: 'transferred' } });
    }
  }

  #event(message) {
    this.#later({ ...message, seq: ++this.#seq });
  }

  #later(message) {
    setTimeout(() => this.say(message));
  }
}

const real = { WebSocket: globalThis.WebSocket, fetch: globalThis.fetch, log: console.log };
Object.assign(globalThis, { WebSocket: YesSocket, RTCPeerConnection: FakePeerConnection, MediaStream: FakeStream,
  location: { protocol: 'https:', host: 'gateway.example.com' } });
Object.defineProperty(globalThis, 'navigator', { configurable: true, value: {
  mediaDevices: { getUserMedia: async () => new FakeStream([new FakeTrack()]) } } });
console.log = (...words) => printed.push(words.join(' '));

beforeEach(() => {
  sockets = [];
  printed.length = 0;
});
after(() => {
  Object.assign(globalThis, { WebSocket: real.WebSocket, fetch: real.fetch });
  console.log = real.log;
});

const example = async (name, wishes) => {
  const { default: run } = await import(`../../main/resources/web/client/examples/${name}.js`);
  return run({ user: 'alice', password: 'secret', ...wishes });
};

test('the example "transfer" hands its call over', async () => {
  const client = await example('transfer', { from: '1001', to: '1002' });
  assert.equal(sockets[0].url, 'wss://gateway.example.com/ws');
  assert.deepEqual([sockets[0].heard('call').to, sockets[0].heard('transfer').to], ['1001', '1002']);
  assert.deepEqual(printed, ['the transfer: accepted']);
  await client.close();
});

test('the example "two-calls" holds the first and joins the two', async () => {
  const client = await example('two-calls', { first: '1001', second: '1002' });
  const [socket] = sockets;
  const [first, second] = socket.sent.filter(({ type }) => type === 'call');
  assert.deepEqual([first.to, second.to], ['1001', '1002']);
  assert.equal(socket.heard('hold').call, first.call);
  const { call, with: other } = socket.heard('transfer');
  assert.deepEqual([call, other], [first.call, second.call]);
  await client.close();
});

test('the example "token" signs in with what its service gives', async () => {
  globalThis.fetch = async (url) => ({ ok: url === '/my/token', status: 403, json: async () => ({ token: 'eyJ' }) });
  const client = await example('token', { url: '/my/token' });
  const { id, ...hello } = sockets[0].heard('hello');
  assert.deepEqual(hello, { type: 'hello', token: 'eyJ' });
  assert.ok(id);
  await client.close();
  await assert.rejects(example('token', { url: '/not/mine' }), /\/not\/mine answered 403/);
});
