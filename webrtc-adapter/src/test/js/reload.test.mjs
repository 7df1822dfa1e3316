import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { ANSWER, OFFER, calling, ok, online, ringing, room, settle, until, welcome } from './fakes.mjs';

/** A tab: what it stores outlives its pages. */
class Tab {
  items = new Map();
  getItem = (key) => this.items.get(key) ?? null;
  setItem = (key, value) => this.items.set(key, value);
  removeItem = (key) => this.items.delete(key);
}

let tab;
let handlers;
let here;
const real = { add: globalThis.addEventListener, remove: globalThis.removeEventListener };

beforeEach(() => {
  tab = new Tab();
  handlers = {};
  globalThis.addEventListener = (type, handler) => (handlers[type] ??= []).push(handler);
  globalThis.removeEventListener = () => {};
  here = room({ storage: tab });
});
afterEach(() => {
  here.client.close();
  Object.assign(globalThis, { addEventListener: real.add, removeEventListener: real.remove });
});

const happens = (type, event = {}) => handlers[type]?.forEach((handler) => handler(event));

/** The page goes, and its scripts with it; the next one has the same storage. */
function reload(options = {}) {
  happens('pagehide');
  handlers = {};
  here.client.close();
  here = room({ storage: tab, ...options });
  return here.client.connect();
}

/** The gateway welcomes the page that has come back. */
function comesBack(calls, more = {}) {
  const socket = here.sockets.at(-1);
  socket.open();
  socket.say({ type: 'ok', id: socket.sent[0].id });
  socket.say(welcome({ resumed: true, seq: 9, calls, ...more }));
  return socket;
}

describe('after a reload', () => {
  test('the session is resumed with the last event seen, without a password', async () => {
    const socket = await online(here);
    socket.say({ type: 'brand-new', seq: 2 });
    const connected = reload({ user: undefined, password: undefined });
    comesBack([]);
    const { id, ...hello } = here.sockets[0].sent[0];
    assert.deepEqual(hello, { type: 'hello', session: 's1', resumeToken: 't1', ack: 2 });
    assert.equal((await connected).resumed, true);
    assert.ok(id);
  });

  test('no request has an id that the page before has used', async () => {
    const socket = await online(here);
    await calling(here, socket);
    const before = socket.sent.map((message) => message.id);
    await new Promise((resolve) => setTimeout(resolve, 2));
    reload();
    comesBack([]);
    assert.equal(before.includes(here.sockets[0].sent[0].id), false);
  });

  test('a call that goes on is handed over, and rejoins with a new offer', async () => {
    const socket = await online(here);
    const before = await calling(here, socket, { video: true });
    socket.say({ type: 'accepted', seq: 2, call: before.id });
    before.mute();
    const restored = [];
    const connected = reload();
    here.client.addEventListener('restored', (e) => restored.push(e.detail.call));
    const second = comesBack([{ call: before.id, direction: 'outgoing', state: 'connected', held: false,
      holding: true, from: { uri: 'sip:alice@gateway' }, to: '1001' }]);
    await connected;
    const [call] = restored;
    assert.deepEqual([call.id, call.state, call.holding, call.muted, call.connectedAt, call.remote.uri],
      [before.id, 'connected', true, true, before.connectedAt, '1001']);
    const joined = call.rejoin();
    const { sdp } = await ok(second, 'offer');
    await joined;
    assert.equal(sdp, 'v=0 offer 1');
    assert.equal(here.microphones.length, 1);
    assert.equal(here.microphones[0].getTracks()[0].enabled, false);
    second.say({ type: 'answer', seq: 10, call: call.id, sdp: ANSWER });
    await settle();
    assert.equal(here.peers[0].remoteDescription.sdp, ANSWER);
    assert.equal(call.state, 'connected');
  });

  test('a picture of the other side is asked for again, without a camera', async () => {
    const socket = await online(here);
    const before = await calling(here, socket);
    socket.say({ type: 'accepted', seq: 2, call: before.id });
    await settle();
    here.peers[0].addTransceiver('video', { direction: 'recvonly' }).currentDirection = 'recvonly';
    const restored = [];
    const connected = reload();
    here.client.addEventListener('restored', (e) => restored.push(e.detail.call));
    const second = comesBack([{ call: before.id, direction: 'outgoing', state: 'connected', to: '1001' }]);
    await connected;
    const joined = restored[0].rejoin();
    await ok(second, 'offer');
    await joined;
    assert.deepEqual(here.peers[0].transceivers.map((line) => [line.receiver.track.kind, line.direction]),
      [['audio', 'sendrecv'], ['video', 'recvonly']]);
  });

  test('a microphone that fails leaves the call, which can then listen', async () => {
    const socket = await online(here);
    const { id } = await calling(here, socket);
    const restored = [];
    const connected = reload({ getUserMedia: async () => { throw new Error('no'); } });
    here.client.addEventListener('restored', (e) => restored.push(e.detail.call));
    const second = comesBack([{ call: id, direction: 'outgoing', state: 'ringing', to: '1001' }]);
    await connected;
    await assert.rejects(restored[0].rejoin(), { code: 'microphone' });
    assert.equal(restored[0].state, 'ringing');
    const joined = restored[0].rejoin({ audio: 'recvonly' });
    await ok(second, 'offer');
    await joined;
  });

  test('a call that still rings here rings on', async () => {
    const socket = await online(here);
    await ringing(here, socket);
    const rung = [];
    const connected = reload();
    here.client.addEventListener('incoming', (e) => rung.push(e.detail.call));
    const second = comesBack([{ call: 'g-1', direction: 'incoming', state: 'ringing', to: 'alice',
      from: { uri: 'sip:1001@gateway', display: 'Bob' }, sdp: OFFER }]);
    await connected;
    assert.deepEqual([rung[0].state, rung[0].remote.display], ['incoming', 'Bob']);
    await until(() => here.peers[0].remoteDescription);
    assert.ok(second.heard('ringing'));
  });

  test('a call that came meanwhile is not handed over twice', async () => {
    await online(here);
    const rung = [];
    const connected = reload();
    here.client.addEventListener('incoming', (e) => rung.push(e.detail.call));
    here.sockets[0].open();
    here.sockets[0].say({ type: 'incoming', seq: 2, call: 'g-2', from: {}, to: 'alice', sdp: OFFER });
    comesBack([{ call: 'g-2', direction: 'incoming', state: 'ringing', to: 'alice', sdp: OFFER }]);
    await connected;
    assert.equal(rung.length, 1);
  });

  test('a session that is over leads to a new sign-in', async () => {
    await online(here);
    const connected = reload();
    const [socket] = here.sockets;
    socket.open();
    socket.say({ type: 'error', id: socket.sent[0].id, code: 'unauthorized', message: 'gone' });
    assert.equal(socket.sent[1].password, 'secret');
    socket.say(welcome({ session: 's2' }));
    assert.equal((await connected).session, 's2');
  });

  test('a session that is over, with nothing to sign in with, is an error', async () => {
    await online(here);
    const connected = reload({ user: undefined, password: undefined });
    const [socket] = here.sockets;
    socket.open();
    socket.say({ type: 'error', id: socket.sent[0].id, code: 'unauthorized', message: 'gone' });
    await assert.rejects(connected, { code: 'unauthorized' });
    assert.equal(here.client.state, 'offline');
  });
});

describe('a call that is rejoined', () => {
  async function comeBack(facts) {
    await online(here);
    const restored = [];
    const connected = reload();
    here.client.addEventListener('restored', (e) => restored.push(e.detail.call));
    const socket = comesBack([{ call: 'g-1', direction: 'incoming', state: 'connected', to: 'alice', ...facts }]);
    await connected;
    return { socket, call: restored[0] };
  }

  test('answers an offer of the gateway that is still open', async () => {
    const { socket, call } = await comeBack({ sdp: OFFER });
    const joined = call.rejoin();
    assert.equal((await ok(socket, 'answer')).sdp, 'v=0 answer');
    await joined;
    assert.equal(here.peers[0].remoteDescription.sdp, OFFER);
    assert.equal(socket.heard('offer'), undefined);
  });

  test('leaves out an answer that was for the page before', async () => {
    const { socket, call } = await comeBack({});
    const joined = call.rejoin();
    await until(() => socket.heard('offer'));
    socket.say({ type: 'answer', seq: 10, call: 'g-1', sdp: 'v=0 stale' });
    await settle();
    assert.equal(here.peers[0].remoteDescription, null);
    await ok(socket, 'offer');
    await joined;
    socket.say({ type: 'answer', seq: 11, call: 'g-1', sdp: ANSWER });
    await until(() => here.peers[0].remoteDescription?.sdp === ANSWER);
  });

  test('goes on when the gateway cannot use its offer, and says why', async () => {
    const { socket, call } = await comeBack({});
    const joined = call.rejoin();
    await ok(socket, 'offer');
    await joined;
    let reason;
    call.addEventListener('refused', (e) => { reason = e.detail; });
    socket.say({ type: 'offer-refused', seq: 10, call: 'g-1', reason: { code: 'not-acceptable-media', text: 'No.' } });
    await until(() => here.peers[0].signalingState === 'stable');
    assert.equal(reason.code, 'not-acceptable-media');
    assert.equal(call.state, 'connected');
  });
});

describe('what a page leaves', () => {
  test('is found by the next page only, and not by a copy of the tab', async () => {
    await online(here);
    assert.equal(here.client.resumable, false);
    happens('pagehide');
    assert.equal(here.client.resumable, true);
    const next = room({ storage: tab });
    next.client.connect().catch(() => {});
    assert.equal(next.client.resumable, false);
    next.client.close();
  });

  test('is taken back by a page that is shown again', async () => {
    await online(here);
    happens('pagehide');
    happens('pageshow', { persisted: true });
    assert.equal(here.client.resumable, false);
  });

  test('is nothing after a goodbye, and nothing for another gateway', async () => {
    await online(here);
    happens('pagehide');
    assert.equal(room({ storage: tab, url: 'ws://other/ws' }).client.resumable, false);
    tab.items.clear();
    await here.client.close();
    happens('pagehide');
    assert.equal(tab.items.size, 0);
  });

  test('is worth nothing once the gateway has given the session up', async () => {
    const connected = here.client.connect();
    here.sockets[0].open();
    here.sockets[0].say(welcome({ resumeSeconds: 0.005 }));
    await connected;
    happens('pagehide');
    await new Promise((resolve) => setTimeout(resolve, 10));
    assert.equal(here.client.resumable, false);
  });

  test('that cannot be stored costs nothing but the resume', async () => {
    tab.setItem = () => { throw new Error('full'); };
    await online(here);
    happens('pagehide');
    assert.equal(here.client.resumable, false);
  });
});

test('a page without storage that goes says goodbye, because nobody will come back', async () => {
  here = room();
  const socket = await online(here);
  await calling(here, socket);
  happens('pagehide');
  assert.deepEqual(socket.types().slice(-2), ['hangup', 'goodbye']);
});

test('a session that another page has taken over is left to it', async () => {
  const socket = await online(here);
  const call = await calling(here, socket);
  let error;
  here.client.addEventListener('connectionchange', (e) => { error = e.detail.error; });
  socket.onclose({ code: 4001 });
  await settle();
  assert.equal(here.client.state, 'offline');
  assert.match(error.message, /another page/i);
  assert.equal(call.state, 'ended');
  assert.equal(here.sockets.length, 1);
});

describe('a token that is a function', () => {
  test('is asked for at each sign-in', async () => {
    let asked = 0;
    here = room({ token: async () => `t-${++asked}` });
    const connected = here.client.connect();
    here.sockets[0].open();
    assert.equal((await until(() => here.sockets[0].heard('hello'))).token, 't-1');
    here.sockets[0].say(welcome());
    await connected;
    here.sockets[0].drop();
    const socket = await until(() => here.sockets[1]);
    socket.open();
    socket.say({ type: 'error', id: socket.sent[0].id, code: 'unauthorized', message: 'gone' });
    await until(() => socket.sent[1]);
    assert.deepEqual([asked, socket.sent[1].token], [2, 't-2']);
  });

  test('is asked again before a token ends, and the session goes on', async () => {
    const tokens = ['first token', 'second token'];
    here = room({ token: async () => tokens.shift() });
    const connected = here.client.connect();
    here.sockets[0].open();
    await until(() => here.sockets[0].heard('hello'));
    here.sockets[0].say(welcome());
    await connected;
    let seconds;
    here.client.addEventListener('token-expiring', (e) => { seconds = e.detail.seconds; });
    here.sockets[0].say({ type: 'token-expiring', seq: 2, seconds: 60 });
    const renewal = await until(() => here.sockets[0].sent.filter(({ type }) => type === 'hello')[1]);
    here.sockets[0].say({ type: 'ok', id: renewal.id });
    await settle();
    assert.deepEqual([renewal.token, seconds, here.client.state], ['second token', 60, 'online']);
    assert.doesNotMatch(JSON.stringify(here.log), /second token/);
  });

  test('that is a text is renewed by the page', async () => {
    here = room({ token: 't-1' });
    const socket = await online(here);
    const renewed = here.client.renewToken('t-2');
    assert.equal((await ok(socket, 'hello')).token, 't-2');
    await renewed;
  });

  test('that fails rejects the sign-in with its words', async () => {
    here = room({ token: async () => { throw new Error('503 from the shop'); } });
    const connected = here.client.connect();
    here.sockets[0].open();
    await assert.rejects(connected, /503 from the shop/);
    assert.equal(here.client.state, 'offline');
  });
});
