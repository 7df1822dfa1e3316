/** Fakes with a memory: the gateway's end of a WebSocket, an RTCPeerConnection, a microphone. */
import { RingdownClient } from '../../main/resources/web/client/ringdown.js';

export const OFFER = 'v=0 the gateway offers';
export const ANSWER = 'v=0 the gateway answers';

/** Waits until `condition()` is true (or gives something), for at most two seconds. */
export async function until(condition) {
  const deadline = Date.now() + 2000;
  for (;;) {
    const value = condition();
    if (value) return value;
    if (Date.now() > deadline) throw new Error(`waited in vain for ${condition}`);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

/** Lets everything that is only waiting for promises run. */
export const settle = () => new Promise((resolve) => setTimeout(resolve, 5));

/** One WebSocket as the gateway sees it. */
export class FakeSocket {
  readyState = 0;
  sent = [];
  closedWith = null;

  constructor(url, protocols) {
    Object.assign(this, { url, protocols });
  }

  send(text) {
    if (this.readyState !== 1) throw new Error('InvalidStateError');
    this.sent.push(JSON.parse(text));
  }

  close(code, reason) {
    this.closedWith = { code, reason };
    this.drop();
  }

  open() {
    this.readyState = 1;
    this.onopen?.({});
  }

  /** The network takes the socket away. */
  drop() {
    if (this.readyState === 3) return;
    this.readyState = 3;
    this.onclose?.({});
  }

  say(message) {
    this.onmessage?.({ data: JSON.stringify(message) });
  }

  /** The last message of that type that the page sent. */
  heard(type) {
    return this.sent.filter((message) => message.type === type).at(-1);
  }

  types() {
    return this.sent.map((message) => message.type);
  }
}

export class FakeTrack {
  enabled = true;
  stopped = false;

  constructor(kind = 'audio') {
    this.kind = kind;
  }

  stop() {
    this.stopped = true;
  }
}

export class FakeStream {
  constructor(tracks = []) {
    this.tracks = tracks;
  }

  getTracks() {
    return this.tracks;
  }

  getAudioTracks() {
    return this.tracks.filter((track) => track.kind === 'audio');
  }

  addTrack(track) {
    this.tracks.push(track);
  }
}

/** Follows the signalling states of JSEP; refuses descriptions that begin with "bad". */
export class FakePeerConnection {
  signalingState = 'stable';
  iceConnectionState = 'new';
  connectionState = 'new';
  localDescription = null;
  remoteDescription = null;
  remoteDescriptions = [];
  candidates = [];
  senders = [];
  transceivers = [];
  offerOptions = [];
  closed = false;
  /** What becomes of every line by a remote description. */
  answersWith = 'sendrecv';

  constructor(configuration) {
    this.configuration = configuration;
  }

  addTrack(track, stream) {
    const sender = { track, stream, replaceTrack: async (next) => { sender.track = next; } };
    this.senders.push(sender);
    this.transceivers.push({ sender, receiver: { track: new FakeTrack(track.kind) }, direction: 'sendrecv' });
  }

  addTransceiver(kind, { direction }) {
    const sender = { track: null, replaceTrack: async (next) => { sender.track = next; } };
    const line = { sender, receiver: { track: new FakeTrack(kind) }, direction };
    this.transceivers.push(line);
    return line;
  }

  getSenders() {
    return this.senders;
  }

  getTransceivers() {
    return this.transceivers;
  }

  async createOffer(options) {
    this.offerOptions.push(options);
    return { type: 'offer', sdp: `v=0 offer ${this.offerOptions.length}` };
  }

  async createAnswer() {
    return { type: 'answer', sdp: 'v=0 answer' };
  }

  async setLocalDescription(description) {
    if (description.type === 'rollback') {
      this.signalingState = 'stable';
      return;
    }
    this.localDescription = description;
    this.signalingState = description.type === 'offer' ? 'have-local-offer' : 'stable';
  }

  async setRemoteDescription(description) {
    if (description.sdp.startsWith('bad')) throw new Error('cannot parse');
    for (const line of this.transceivers) line.currentDirection = this.answersWith;
    this.remoteDescription = description;
    this.remoteDescriptions.push(description);
    this.signalingState = description.type === 'offer' ? 'have-remote-offer' : 'stable';
  }

  async addIceCandidate(candidate) {
    if (!this.remoteDescription) throw new Error('InvalidStateError');
    this.candidates.push(candidate);
  }

  close() {
    this.closed = true;
  }

  ice(state) {
    this.iceConnectionState = state;
    this.oniceconnectionstatechange?.();
  }
}

/** A client in a room full of fakes: `sockets`, `peers`, `microphones`, `log`, `states`. */
export function room(options = {}) {
  const here = { sockets: [], peers: [], microphones: [], states: [], log: [] };
  here.client = new RingdownClient({
    url: 'ws://gateway/ws',
    user: 'alice',
    password: 'secret',
    timing: { ackMs: 10, replyMs: 500, backoffMs: 4, backoffMaxMs: 8 },
    WebSocket: function (...args) { return remember(here.sockets, new FakeSocket(...args)); },
    RTCPeerConnection: function (...args) { return remember(here.peers, new FakePeerConnection(...args)); },
    MediaStream: FakeStream,
    getUserMedia: async () => remember(here.microphones, new FakeStream([new FakeTrack()])),
    ...options,
  });
  here.client.addEventListener('connectionchange', (e) => here.states.push(e.detail.state));
  here.client.addEventListener('message-log', (e) => here.log.push(e.detail));
  return here;
}

function remember(list, thing) {
  list.push(thing);
  return thing;
}

export const welcome = (more = {}) => ({
  type: 'welcome', seq: 1, session: 's1', resumeToken: 't1', resumed: false, resumeSeconds: 60,
  user: 'alice', iceServers: [{ urls: ['stun:gateway'] }], calls: [], ...more,
});

/** Signs in; gives the socket. */
export async function online(here) {
  const connected = here.client.connect();
  const socket = here.sockets.at(-1);
  socket.open();
  socket.say(welcome());
  await connected;
  return socket;
}

/** Loses the socket and comes back with a resumed session; gives the new socket. */
export async function resumed(here, seq) {
  const before = here.sockets.length;
  here.sockets.at(-1).drop();
  const socket = await until(() => here.sockets[before]);
  socket.open();
  socket.say(welcome({ resumed: true, seq: seq ?? socket.heard('hello').ack + 1 }));
  return socket;
}

/** Says ok to the page's last request of that type, waiting for it. */
export async function ok(socket, type) {
  const request = await until(() => socket.heard(type));
  socket.say({ type: 'ok', id: request.id });
  return request;
}

/** Makes an outgoing call that the gateway has taken. */
export async function calling(here, socket, options) {
  const call = here.client.call('1001', options);
  await ok(socket, 'call');
  await call.ready;
  return call;
}

/** Rings the page with a call `g-1`. */
export async function ringing(here, socket, more = {}) {
  const rung = new Promise((resolve) => {
    here.client.addEventListener('incoming', (e) => resolve(e.detail.call), { once: true });
  });
  socket.say({ type: 'incoming', seq: 2, call: 'g-1', from: { uri: 'sip:1001@gateway', display: 'Bob' },
    to: 'alice', sdp: OFFER, headers: {}, ...more });
  const call = await rung;
  await settle();
  return call;
}
