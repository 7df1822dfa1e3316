// Body of an async function run in a page, as a rule of the gateway: puts `rd` there, through which
// the tests use the client library and listen to what it plays.
const EVENTS = ['statechange', 'track', 'media', 'dtmf', 'hold', 'ended', 'icestatechange'];
const MICROPHONE_AS_IT_IS = {
  audio: true,
  constraints: { audio: { echoCancellation: false, noiseSuppression: false, autoGainControl: false } },
};
const rd = { calls: [], events: [], ears: new Map() };
window.rd = rd;

rd.signIn = async (user, password) => {
  const { RingdownClient } = await import('/client/ringdown.js');
  const url = location.origin.replace(/^http/, 'ws') + '/ws';
  const timing = { backoffMaxMs: 1000 };
  rd.client = new RingdownClient({ url, user, password, device: 'e2e', timing });
  rd.client.addEventListener('incoming', (e) => keep(e.detail.call));
  await rd.client.connect();
};

rd.call = (to) => keep(rd.client.call(to, MICROPHONE_AS_IT_IS));

rd.answer = (number) => rd.calls[number].answer(MICROPHONE_AS_IT_IS);

rd.incoming = () => rd.calls.findIndex((call) => call.state === 'incoming');

function keep(call) {
  const number = rd.calls.push(call) - 1;
  for (const type of EVENTS) {
    call.addEventListener(type, (e) => rd.events.push({ call: number, type, detail: plain(e.detail) }));
  }
  return number;
}

function plain(detail) {
  try {
    return JSON.parse(JSON.stringify(detail ?? null));
  } catch {
    return String(detail);
  }
}

// Chromium hands a remote stream to WebAudio only while an audio element plays it as well.
function ear(stream) {
  const element = new Audio();
  element.srcObject = stream;
  element.muted = true;
  element.play().catch(() => {});
  const context = new AudioContext();
  const analyser = new AnalyserNode(context, { fftSize: 32768, smoothingTimeConstant: 0 });
  context.createMediaStreamSource(stream).connect(analyser);
  return { element, context, analyser };
}

rd.hear = (number) => rd.listen(rd.calls[number].remoteStream);

rd.hearElement = (id) => rd.listen(document.getElementById(id).srcObject);

rd.listen = async (stream) => {
  if (!stream?.getAudioTracks().length) return { hz: 0, share: 0, db: -200 };
  if (!rd.ears.has(stream)) rd.ears.set(stream, ear(stream));
  const { context, analyser } = rd.ears.get(stream);
  await Promise.race([context.resume(), new Promise((done) => setTimeout(done, 1000))]);
  const db = new Float32Array(analyser.frequencyBinCount);
  analyser.getFloatFrequencyData(db);
  return dominant(db, context.sampleRate / analyser.fftSize);
};

function dominant(db, binHz) {
  const lowest = Math.ceil(20 / binHz);
  let peak = lowest;
  for (let k = lowest; k < db.length; k++) if (db[k] > db[peak]) peak = k;
  let near = 0;
  let all = 0;
  for (let k = lowest; k < db.length; k++) {
    const power = 10 ** (db[k] / 10);
    all += power;
    if (Math.abs(k - peak) * binHz <= 30) near += power;
  }
  const level = Number.isFinite(db[peak]) ? db[peak] : -200;
  return { hz: peak * binHz, share: all > 0 ? near / all : 0, db: level };
}

/** From now on keeps the longest time without a packet of the other side, in milliseconds. */
rd.watch = (number) => {
  const watch = { packets: -1, since: performance.now(), longest: 0 };
  rd.watched = watch;
  const look = async () => {
    const packets = await rd.packetsReceived(number);
    const now = performance.now();
    watch.longest = Math.max(watch.longest, now - watch.since);
    if (packets !== watch.packets) Object.assign(watch, { packets, since: now });
    if (rd.watched === watch) setTimeout(look, 20);
  };
  look();
};

/** What {@link rd.watch} has found; it ends. */
rd.longestGap = () => {
  const { longest } = rd.watched;
  rd.watched = null;
  return Math.round(longest);
};

rd.packetsReceived = async (number) => {
  let packets = 0;
  for (const report of (await rd.calls[number].pc.getStats()).values()) {
    if (report.type === 'inbound-rtp') packets += report.packetsReceived;
  }
  return packets;
};
