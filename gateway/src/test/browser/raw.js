// Body of an async function run in a page after harness.js: puts `raw` there, a page that speaks
// ringdown.v1 without the client library. It keeps what a reload needs in sessionStorage, and its
// calls in `rd.calls`, so that the tests hear them as they hear those of the library.
const raw = { log: [], waiting: new Map() };
window.raw = raw;
const kept = (name) => sessionStorage.getItem(`raw.${name}`);
const keep = (name, value) => sessionStorage.setItem(`raw.${name}`, value);
addEventListener('pagehide', () => keep('left', Date.now()));

raw.open = (url = location.origin.replace(/^http/, 'ws') + '/ws') => new Promise((resolve, reject) => {
  raw.url = url;
  raw.socket = new WebSocket(url, 'ringdown.v1');
  raw.socket.onopen = resolve;
  raw.socket.onerror = () => reject(new Error(`no socket at ${url}`));
  raw.socket.onmessage = ({ data }) => take(JSON.parse(data));
  raw.socket.onclose = ({ code, reason }) => raw.log.push({ type: 'closed', code, reason });
});

raw.request = (type, fields = {}) => new Promise((resolve, reject) => {
  const id = `r${Number(kept('id') ?? 0) + 1}`;
  keep('id', id.slice(1));
  raw.waiting.set(id, { resolve, reject });
  raw.socket.send(JSON.stringify({ type, id, ...fields }));
});

/** Signs in, with `user` and `password` or whatever else `hello` takes. */
raw.signIn = async (credentials, url) => {
  await raw.open(url);
  await raw.request('hello', credentials);
  return raw.event('welcome');
};

/** Comes back to the session that was kept, and takes up its calls by a connection of its own. */
raw.comeBack = async (url) => {
  await raw.open(url);
  await raw.request('hello', {
    session: kept('session'), resumeToken: kept('token'), ack: Number(kept('seq')) });
  const welcome = await raw.event('welcome');
  for (const { call, sdp } of welcome.calls) await (sdp ? ring(call, sdp) : raw.offer(call));
  return welcome;
};

raw.call = async (to) => {
  const call = `p-${Date.now()}`;
  const entry = begin(call, 'calling');
  const sdp = await describe(entry.pc, await entry.pc.createOffer());
  await raw.request('call', { call, to, sdp });
  return rd.calls.indexOf(entry);
};

raw.offer = async (call) => {
  const { pc } = begin(call, 'calling');
  await raw.request('offer', { call, sdp: await describe(pc, await pc.createOffer()) });
};

raw.answer = async (number) => {
  const { pc, call } = rd.calls[number];
  await raw.request('answer', { call, sdp: await describe(pc, await pc.createAnswer()) });
  rd.calls[number].state = 'connected';
};

/** The next event of a type that nobody has waited for yet. */
raw.event = async (type) => {
  for (;;) {
    const index = raw.log.findIndex((m) => m.type === type && !m.taken);
    if (index >= 0) return Object.assign(raw.log[index], { taken: true });
    await new Promise((done) => setTimeout(done, 20));
  }
};

/** Milliseconds from leaving the page to the first packet of the other side after the reload. */
raw.gap = async (number) => {
  while (!(await rd.packetsReceived(number))) await new Promise((done) => setTimeout(done, 5));
  return Date.now() - Number(kept('left'));
};

const microphone = await navigator.mediaDevices.getUserMedia({
  audio: { echoCancellation: false, noiseSuppression: false, autoGainControl: false } });

function begin(call, state) {
  const pc = new RTCPeerConnection();
  const entry = { call, state, pc, remoteStream: new MediaStream() };
  pc.ontrack = ({ track }) => entry.remoteStream.addTrack(track);
  pc.addTrack(microphone.getAudioTracks()[0], microphone);
  rd.calls.push(entry);
  return entry;
}

async function ring(call, sdp) {
  const entry = begin(call, 'incoming');
  await entry.pc.setRemoteDescription({ type: 'offer', sdp });
}

async function describe(pc, description) {
  await pc.setLocalDescription(description);
  return pc.localDescription.sdp;
}

function take(message) {
  raw.log.push(message);
  if (message.seq) {
    keep('seq', Math.max(message.seq, Number(kept('seq') ?? 0)));
    raw.socket.send(JSON.stringify({ type: 'ack', ack: message.seq }));
  }
  const request = raw.waiting.get(message.id);
  if (request && message.type === 'ok') request.resolve(message);
  if (request && message.type === 'error') request.reject(new Error(JSON.stringify(message)));
  if (message.type === 'welcome') {
    keep('session', message.session);
    keep('token', message.resumeToken);
  }
  const entry = rd.calls.findLast((other) => other.call === message.call);
  if (message.type === 'incoming') ring(message.call, message.sdp).then(() => raw.request('ringing', { call: message.call }));
  if (!entry) return;
  if (message.type === 'answer') entry.pc.setRemoteDescription({ type: 'answer', sdp: message.sdp });
  if (message.type === 'ringing') entry.state = 'ringing';
  if (message.type === 'accepted') entry.state = 'connected';
  if (message.type === 'hangup') entry.state = 'ended';
}
