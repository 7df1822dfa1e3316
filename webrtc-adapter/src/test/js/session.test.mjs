import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { OFFER, calling, ok, online, resumed, ringing, room, settle, until, welcome } from './fakes.mjs';

let here;
beforeEach(() => { here = room(); });
afterEach(() => here.client.close());

describe('signing in', () => {
  test('offers the subprotocol, says hello first and resolves with the welcome', async () => {
    const connected = here.client.connect();
    const [socket] = here.sockets;
    assert.deepEqual(socket.protocols, ['ringdown.v1']);
    socket.open();
    const { id, ...hello } = socket.sent[0];
    assert.equal(typeof id, 'string');
    assert.deepEqual(hello, { type: 'hello', user: 'alice', password: 'secret' });
    socket.say(welcome());
    assert.equal((await connected).session, 's1');
    assert.deepEqual(here.states, ['connecting', 'online']);
  });

  test('with a token sends no password', async () => {
    here = room({ token: 'jwt', device: 'desk' });
    const socket = await online(here);
    const { id, ...hello } = socket.sent[0];
    assert.deepEqual(hello, { type: 'hello', token: 'jwt', device: 'desk' });
    assert.ok(id);
  });

  test('that is refused rejects with code, remedy and field, and stays offline', async () => {
    const connected = here.client.connect();
    const [socket] = here.sockets;
    socket.open();
    socket.say({ type: 'error', id: socket.sent[0].id, code: 'unauthorized', message: 'Sign-in failed.',
      remedy: 'Check the password.', field: '/password' });
    await assert.rejects(connected, { name: 'RingdownError', code: 'unauthorized',
      message: 'Sign-in failed.', remedy: 'Check the password.', field: '/password' });
    assert.equal(here.client.state, 'offline');
    await settle();
    assert.equal(here.sockets.length, 1);
  });

  test('to a gateway that is not there rejects and does not try again', async () => {
    const connected = here.client.connect();
    here.sockets[0].drop();
    await assert.rejects(connected, { code: 'connection-failed' });
    await settle();
    assert.equal(here.sockets.length, 1);
  });

  test('from a page of another host hints at its origin, and at a path that is missing', async () => {
    globalThis.location = { host: 'shop.example', origin: 'https://shop.example' };
    try {
      here = room({ url: 'wss://gateway.example' });
      const connected = here.client.connect();
      here.sockets[0].drop();
      await assert.rejects(connected, ({ remedy }) =>
        /https:\/\/shop\.example in web\.allowedOrigins/.test(remedy) && /ends with \/ws/.test(remedy));
    } finally {
      delete globalThis.location;
    }
  });

  test('to a path of the same host says nothing of origins', async () => {
    globalThis.location = { host: 'shop.example', origin: 'https://shop.example', href: 'https://shop.example/phone' };
    try {
      here = room({ url: '/ws' });
      const connected = here.client.connect();
      here.sockets[0].drop();
      await assert.rejects(connected, ({ code, remedy }) => code === 'connection-failed' && !remedy.includes('allowedOrigins'));
    } finally {
      delete globalThis.location;
    }
  });

  test('to a url that the browser refuses says so', async () => {
    class Refusing { constructor() { throw new SyntaxError('no such scheme'); } }
    here = room({ url: 'gateway:8080', WebSocket: Refusing });
    await assert.rejects(here.client.connect(), { code: 'bad-request', field: '/url' });
    assert.equal(here.client.state, 'offline');
  });

  test('that gets no reply rejects in time', async () => {
    here = room({ timing: { replyMs: 10 } });
    const connected = here.client.connect();
    here.sockets[0].open();
    await assert.rejects(connected, { code: 'connection-failed' });
  });

  test('works again after a failure', async () => {
    const first = here.client.connect();
    here.sockets[0].drop();
    await assert.rejects(first);
    await online(here);
    assert.equal(here.client.state, 'online');
  });

  test('twice is refused', async () => {
    await online(here);
    await assert.rejects(here.client.connect(), { code: 'wrong-state' });
  });

  test('never shows secrets in the message log', async () => {
    await online(here);
    assert.doesNotMatch(JSON.stringify(here.log), /secret|"t1"/);
    assert.deepEqual(here.log.map((e) => [e.direction, e.message.type]),
      [['out', 'hello'], ['in', 'welcome']]);
  });
});

test('TURN credentials that end are renewed by resuming the session', async () => {
  here = room({ timing: { renewMs: 5 } });
  const connected = here.client.connect();
  here.sockets[0].open();
  const username = `${Math.floor(Date.now() / 1000)}:alice`;
  here.sockets[0].say(welcome({ iceServers: [{ urls: ['turn:t'], username, credential: 'c' }] }));
  await connected;
  const socket = await until(() => here.sockets[1]);
  socket.open();
  assert.equal(socket.heard('hello').session, 's1');
});

test('a preflight gives the gateway\'s result', async () => {
  const socket = await online(here);
  const asked = here.client.preflight('1001', { network: false });
  const { id, to } = await until(() => socket.heard('preflight'));
  assert.equal(to, '1001');
  socket.say({ type: 'ok', id, result: { accepting: true } });
  const { accepting, network, expected } = await asked;
  assert.deepEqual([accepting, network, expected.level, here.peers.length], [true, null, 'good', 0]);
});

test('a preflight looks for network paths too', async () => {
  const socket = await online(here);
  const asked = here.client.preflight();
  const { id } = await until(() => socket.heard('preflight'));
  socket.say({ type: 'ok', id, result: { accepting: true, stun: ['stun:192.0.2.1:7000'] } });
  await until(() => here.peers.length === 2);
  for (const pc of here.peers) pc.onicecandidate({ candidate: null });
  const { network, expected } = await asked;
  assert.deepEqual([network.gateway, network.stun, network.turn, expected.level], ['reached', 'reached', 'none', 'good']);
  assert.ok(here.peers.every((pc) => pc.closed));
});

describe('events', () => {
  test('are acknowledged alone after a short while', async () => {
    const socket = await online(here);
    await until(() => socket.heard('ack'));
    assert.deepEqual(socket.heard('ack'), { type: 'ack', ack: 1 });
  });

  test('are acknowledged with the next request if there is one', async () => {
    const socket = await online(here);
    await ringing(here, socket);
    assert.equal(socket.heard('ringing').ack, 2);
    await settle();
    assert.equal(socket.heard('ack'), undefined);
  });

  test('that come twice are handled once', async () => {
    const socket = await online(here);
    const call = await ringing(here, socket);
    let keys = 0;
    call.addEventListener('dtmf', () => keys++);
    const key = { type: 'dtmf', seq: 3, call: 'g-1', digit: '1', durationMs: 100 };
    socket.say(key);
    socket.say(key);
    assert.equal(keys, 1);
  });

  test('of an unknown type or call are ignored', async () => {
    const socket = await online(here);
    socket.say({ type: 'brand-new', seq: 2 });
    socket.say({ type: 'ringing', seq: 3, call: 'p-nobody' });
    await until(() => socket.heard('ack')?.ack === 3);
  });
});

describe('texts', () => {
  test('resolve with the status, or reject with the reason', async () => {
    const socket = await online(here);
    const delivered = here.client.message('1001', 'hi');
    const { id, text } = await ok(socket, 'message');
    assert.equal(text, 'hi');
    await settle();
    socket.say({ type: 'message-status', seq: 2, id, delivered: true, sip: 200 });
    assert.deepEqual(await delivered, { sip: 200 });
    const lost = here.client.message('nobody', 'hi');
    const failed = assert.rejects(lost, { code: 'unavailable', message: 'No device.' });
    await until(() => socket.sent.filter((m) => m.type === 'message').length === 2);
    const again = await ok(socket, 'message');
    await settle();
    socket.say({ type: 'message-status', seq: 3, id: again.id, delivered: false, sip: 480,
      code: 'unavailable', text: 'No device.' });
    await failed;
  });

  test('without a status when the client is closed reject', async () => {
    const socket = await online(here);
    const sent = here.client.message('1001', 'hi');
    await ok(socket, 'message');
    await settle();
    here.client.close();
    await assert.rejects(sent, { code: 'closed' });
  });

  test('of others are events', async () => {
    const socket = await online(here);
    let seen;
    here.client.addEventListener('message', (e) => { seen = e.detail; });
    socket.say({ type: 'message', seq: 2, from: { uri: 'sip:bob@gw' }, text: 'hello' });
    assert.deepEqual(seen, { from: { uri: 'sip:bob@gw', display: '' }, text: 'hello' });
  });
});

test('a test of a line tells of each step and resolves with all of them', async () => {
  const socket = await online(here);
  const told = [];
  const testing = here.client.testLine('pbx', ({ step }) => told.push(step));
  const { id, trunk } = await ok(socket, 'line-test');
  assert.equal(trunk, 'pbx');
  await settle();
  const say = (seq, rest) => socket.say({ type: 'line-test', seq, id, trunk, ms: 1, text: 'So.', ...rest });
  say(2, { step: 'trunk', passed: true });
  say(3, { step: 'digits' });
  assert.deepEqual(told, ['trunk', 'digits']);
  say(4, { step: 'result', passed: false });
  const { passed, findings } = await testing;
  assert.equal(passed, false);
  assert.deepEqual(findings.map((finding) => finding.passed), [true, undefined]);
});

describe('a lost connection', () => {
  test('is resumed with session, token and ack, and the call goes on', async () => {
    const socket = await online(here);
    const call = await calling(here, socket);
    socket.say({ type: 'ringing', seq: 2, call: call.id });
    const second = await resumed(here);
    const { id, ...hello } = second.sent[0];
    assert.deepEqual(hello, { type: 'hello', session: 's1', resumeToken: 't1', ack: 2 });
    assert.ok(id);
    second.say({ type: 'accepted', seq: 4, call: call.id });
    assert.equal(call.state, 'connected');
    assert.deepEqual(here.states, ['connecting', 'online', 'reconnecting', 'online']);
  });

  test('loses no event when the welcome is numbered behind the replayed ones', async () => {
    const socket = await online(here);
    const call = await calling(here, socket);
    const second = await resumed(here, 4);
    second.say({ type: 'ringing', seq: 2, call: call.id });
    second.say({ type: 'accepted', seq: 3, call: call.id });
    assert.equal(call.state, 'connected');
    await until(() => second.heard('ack')?.ack === 4);
  });

  test('is not mistaken for a new session when old welcomes are replayed', async () => {
    const socket = await online(here);
    const call = await calling(here, socket);
    socket.drop();
    const second = await until(() => here.sockets[1]);
    second.open();
    second.say(welcome());
    second.say(welcome({ seq: 2, resumed: true }));
    second.say(welcome());
    second.say(welcome({ seq: 2, resumed: true }));
    assert.equal(call.state, 'calling');
    assert.equal(here.client.state, 'online');
    assert.deepEqual(second.types(), ['hello']);
  });

  test('repeats unanswered requests with the same id, in order', async () => {
    const socket = await online(here);
    const call = here.client.call('1001');
    const request = await until(() => socket.heard('call'));
    const pressed = call.dtmf('1');
    const second = await resumed(here);
    assert.deepEqual(second.types(), ['hello', 'call', 'dtmf']);
    assert.equal(second.heard('call').id, request.id);
    assert.equal(second.heard('call').sdp, request.sdp);
    await ok(second, 'call');
    await ok(second, 'dtmf');
    await call.ready;
    await pressed;
  });

  test('keeps requests made meanwhile until it is back', async () => {
    const socket = await online(here);
    const call = await calling(here, socket);
    socket.drop();
    const pressed = call.dtmf('5');
    const second = await resumed(here);
    assert.equal((await ok(second, 'dtmf')).digits, '5');
    await pressed;
  });

  for (const [how, refuse] of Object.entries({
    'an error': (socket) => {
      socket.say({ type: 'error', id: socket.sent[0].id, code: 'unauthorized', message: 'gone' });
      assert.equal(socket.sent[1].password, 'secret');
      socket.say(welcome({ session: 's2' }));
    },
    'a welcome that is not resumed': (socket) => socket.say(welcome({ session: 's2' })),
  })) {
    test(`whose resume is refused by ${how} signs in anew and ends the calls`, async () => {
      const socket = await online(here);
      const call = await calling(here, socket);
      const pressed = call.dtmf('1');
      pressed.catch(() => {});
      socket.drop();
      const second = await until(() => here.sockets[1]);
      second.open();
      refuse(second);
      assert.equal(here.client.state, 'online');
      assert.equal(call.state, 'ended');
      assert.equal(call.reason.code, 'connection-lost');
      assert.equal(here.client.calls.size, 0);
      await assert.rejects(pressed, { code: 'connection-lost' });
      const next = await ringing(here, second);
      assert.equal(next.id, 'g-1');
    });
  }

  test('that lasts longer than the gateway waits ends the calls', async () => {
    const connected = here.client.connect();
    here.sockets[0].open();
    here.sockets[0].say(welcome({ resumeSeconds: 0.02 }));
    await connected;
    const call = await calling(here, here.sockets[0]);
    here.sockets[0].drop();
    await until(() => call.state === 'ended');
    assert.equal(call.reason.code, 'connection-lost');
    const socket = await until(() => here.sockets.at(-1) !== here.sockets[0] && here.sockets.at(-1));
    socket.open();
    assert.equal(socket.sent[0].password, 'secret');
  });

  test('keeps being retried', async () => {
    const socket = await online(here);
    socket.drop();
    for (let i = 1; i < 4; i++) (await until(() => here.sockets[i])).drop();
    await until(() => here.sockets[4]);
    assert.equal(here.client.state, 'reconnecting');
  });

  test('is retried although the gateway is overloaded, with the session kept', async () => {
    const socket = await online(here);
    socket.drop();
    const second = await until(() => here.sockets[1]);
    second.open();
    second.say({ type: 'error', id: second.sent[0].id, code: 'overloaded', message: 'later' });
    const third = await until(() => here.sockets[2]);
    third.open();
    assert.equal(third.sent[0].session, 's1');
  });

  test('ends offline when the password is no longer right', async () => {
    const socket = await online(here);
    let error;
    here.client.addEventListener('connectionchange', (e) => { error = e.detail.error; });
    socket.drop();
    const second = await until(() => here.sockets[1]);
    second.open();
    for (const i of [0, 1]) {
      second.say({ type: 'error', id: second.sent[i].id, code: 'unauthorized', message: 'no' });
    }
    assert.equal(here.client.state, 'offline');
    assert.equal(error.code, 'unauthorized');
  });

  test('is assumed when a request gets no reply', async () => {
    here = room({ timing: { replyMs: 15, backoffMs: 2 } });
    const socket = await online(here);
    here.client.call('1001').ready.catch(() => {});
    await until(() => here.sockets[1]);
    assert.ok(socket.closedWith);
  });

  test('is found out by a heartbeat', async () => {
    here = room({ timing: { heartbeatMs: 10, replyMs: 30, backoffMs: 2 } });
    const socket = await online(here);
    await ok(socket, 'ack');
    await until(() => here.sockets[1]);
    assert.ok(socket.heard('ack').id);
    assert.ok(socket.closedWith);
  });

  test('waits as long as the goodbye asks for', async () => {
    const socket = await online(here);
    let reason;
    here.client.addEventListener('goodbye', (e) => { reason = e.detail.reason; });
    socket.say({ type: 'goodbye', seq: 2, reason: 'shutting-down', reconnectAfterMs: 60 });
    socket.drop();
    const from = Date.now();
    await until(() => here.sockets[1]);
    assert.equal(reason, 'shutting-down');
    assert.ok(Date.now() - from >= 55);
  });
});

describe('closing', () => {
  test('hangs up, says goodbye, closes the socket and does not come back', async () => {
    const socket = await online(here);
    const call = await calling(here, socket);
    await here.client.close();
    assert.equal(call.state, 'ended');
    assert.deepEqual(socket.types().slice(-2), ['hangup', 'goodbye']);
    assert.equal(socket.closedWith.code, 1000);
    await settle();
    assert.equal(here.sockets.length, 1);
    await assert.rejects(here.client.call('1').ready, { code: 'closed' });
  });

  test('lets the same client connect again', async () => {
    await online(here);
    await here.client.close();
    const socket = await online(here);
    assert.equal(socket.sent[0].user, 'alice');
    assert.equal((await ringing(here, socket, { sdp: OFFER })).state, 'incoming');
  });
});
