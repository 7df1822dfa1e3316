// Body of an async function run in a page that comes from the gateway: puts `actor` there, through
// which a call script's browser uses the client library. What the library says and gets, and what
// becomes of the media, is told to the kit by `tellKit`.
const { RingdownClient } = await import('/client/ringdown.js');
const WINDOW_MS = 170;
const LOOK_MS = 50;
const SILENT = 200 / 32768;
const PRESENT = 0.6;
const tell = (what, detail) => tellKit(JSON.stringify({ what, ...detail }));
const pause = (ms) => new Promise((done) => setTimeout(done, ms));

const context = new AudioContext();
const tone = new OscillatorNode(context);
const volume = new GainNode(context, { gain: 0 });
const microphone = new MediaStreamAudioDestinationNode(context);
tone.connect(volume).connect(microphone);
tone.start();

let client = null;
let call = null;
const calls = [];
let ear = null;
let goodbye = null;
const asked = [];

/** Tells of its end, as a page without the library would notice it. */
class Socket extends WebSocket {
  constructor(...args) {
    super(...args);
    this.addEventListener('close', ({ code, reason }) => {
      tell('closed', { code, reason });
      goodbye?.();
    });
  }
}

const actor = {};
window.actor = actor;

actor.signsIn = async ({ url, user, password }) => {
  client = new RingdownClient({ url, user, password, device: 'call-test', WebSocket: Socket });
  client.addEventListener('message-log', ({ detail }) => log(detail));
  client.addEventListener('incoming', ({ detail }) => take(detail.call));
  await client.connect();
};

actor.signsOut = async () => {
  if (!client || client.state === 'offline') return;
  const closed = new Promise((done) => { goodbye = done; });
  client.close();
  await Promise.race([closed, pause(2000)]);
};

actor.comesBack = async ({ ms }) => {
  for (const end = Date.now() + ms; client?.state !== 'online'; await pause(LOOK_MS)) {
    if (Date.now() > end) throw new Error(`the client library is ${client?.state ?? 'not there'}`);
  }
};

actor.calls = ({ target }) =>
  ask('call', () => take(client.call(target, { stream: microphone.stream })).ready);
actor.rings = () => theCall().ready;
actor.answers = () => ask('answer', () => theCall().answer({ stream: microphone.stream }));
actor.refuses = ({ how }) => ask('hangup', () => theCall().decline(how));
actor.hangsUp = () => ask('hangup', () => theCall().hangup());
actor.holds = () => ask('hold', () => theCall().hold());
actor.resumes = () => ask('resume', () => theCall().resume());
actor.transfers = ({ target }) => ask('transfer', () => theCall().transfer(target));
actor.joins = () => ask('transfer', () => otherCall().transferTo(theCall()));
actor.turns = () => { call = otherCall(); };
actor.restartsIce = () => theCall().restartIce();
actor.changesNetwork = async (patience) => {
  await actor.comesBack(patience);
  await Promise.all(calls.filter(goesOn).map((each) => each.restartIce()));
};
actor.presses = ({ digits }) => ask('dtmf', () => theCall().dtmf(digits));

actor.plays = async ({ hz }) => {
  tone.frequency.value = hz;
  volume.gain.value = 12_000 / 32768;
  await send(microphone.stream.getAudioTracks()[0]);
};
actor.stopsSending = () => send(null);

/** Null if the tone comes in time, else what comes instead. */
actor.hears = async ({ hz, ms }) => {
  listen();
  for (const end = Date.now() + ms; Date.now() < end; await pause(LOOK_MS)) {
    if (isLoud() && share(hz) > PRESENT) return null;
  }
  return describe();
};

/** Null if nothing is heard for so long, after a moment in which sound may fade away. */
actor.hearsNothing = async ({ settleMs, ms }) => {
  listen();
  await pause(2 * WINDOW_MS);
  for (const end = Date.now() + settleMs; isLoud() && Date.now() < end;) await pause(LOOK_MS);
  listen();
  for (const end = Date.now() + ms; Date.now() < end; await pause(LOOK_MS)) {
    if (isLoud()) return describe();
  }
  return null;
};

/** Does something and waits for the gateway's reply to the request that comes of it. */
function ask(type, act) {
  return new Promise((resolve, reject) => {
    asked.push({ type, resolve, reject });
    (async () => act())().then(resolve, reject);
  });
}

function log({ direction, message }) {
  tell(direction, { message });
  if (direction === 'out') {
    const next = asked.find(({ type, id }) => type === message.type && !id);
    if (next) next.id = message.id;
  } else if (message.seq === undefined && message.id !== undefined) {
    const index = asked.findIndex(({ id }) => id === message.id);
    if (index >= 0) settle(asked.splice(index, 1)[0], message);
  }
}

function settle({ resolve, reject }, { type, code, message }) {
  if (type === 'ok') resolve();
  else reject(Object.assign(new Error(message), { code }));
}

function theCall() {
  if (!call) throw new Error('there is no call');
  return call;
}

const goesOn = ({ state }) => state !== 'ended';

/** The last that began before or after the current one and is not over. */
function otherCall() {
  const other = calls.findLast((each) => each !== call && goesOn(each));
  if (!other) throw new Error('there is no other call');
  return other;
}

function take(fresh) {
  call = fresh;
  calls.push(fresh);
  call.ready.catch(() => {});
  call.addEventListener('icestatechange', ({ detail }) => tell('media', detail));
  return call;
}

async function send(track) {
  for (const { sender } of theCall().pc.getTransceivers()) await sender.replaceTrack(track);
}

/** Hears the call's sound from now on. Chromium gives it only if an element plays it as well. */
function listen() {
  const stream = theCall().remoteStream;
  if (ear?.stream !== stream) {
    const element = Object.assign(new Audio(), { srcObject: stream, muted: true });
    element.play().catch(() => {});
    const analyser = new AnalyserNode(context, { fftSize: 8192 });
    ear = { stream, element, analyser, source: null, tracks: 0 };
  }
  ear.since = context.currentTime;
}

/** What was heard last, if all of it was heard since we listen. */
function samples() {
  const { stream, analyser } = ear;
  if (ear.tracks !== stream.getAudioTracks().length) {
    ear.source?.disconnect();
    ear.source = context.createMediaStreamSource(stream);
    ear.source.connect(analyser);
    ear.tracks = stream.getAudioTracks().length;
    ear.since = context.currentTime;
  }
  const heard = new Float32Array(analyser.fftSize);
  if ((context.currentTime - ear.since) * 1000 > WINDOW_MS) analyser.getFloatTimeDomainData(heard);
  return heard;
}

const power = (heard) => heard.reduce((sum, sample) => sum + sample * sample, 0);

const isLoud = (heard = samples()) => power(heard) / heard.length > SILENT ** 2;

/** The share of the power that is at a frequency (Goertzel); 1 for a pure tone. */
function share(hz, heard = samples()) {
  const coefficient = 2 * Math.cos((2 * Math.PI * hz) / context.sampleRate);
  let previous = 0;
  let beforeThat = 0;
  for (const sample of heard) {
    [beforeThat, previous] = [previous, sample + coefficient * previous - beforeThat];
  }
  const found = previous ** 2 + beforeThat ** 2 - coefficient * previous * beforeThat;
  return (2 * found) / (heard.length * power(heard));
}

async function describe() {
  const packets = await packetsReceived();
  if (!packets) return 'no RTP at all';
  const heard = samples();
  if (!isLoud(heard)) return `silence (${packets} packets)`;
  let best = 50;
  for (let hz = best; hz <= 3500; hz += 5) best = share(hz, heard) > share(best, heard) ? hz : best;
  return share(best, heard) > PRESENT ? `${best} Hz` : 'noise';
}

async function packetsReceived() {
  const reports = [...(await theCall().pc.getStats()).values()];
  return reports.filter(({ type }) => type === 'inbound-rtp')
    .reduce((sum, report) => sum + report.packetsReceived, 0);
}
