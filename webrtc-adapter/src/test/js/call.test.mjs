import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { ANSWER, FakeStream, FakeTrack, OFFER, calling, ok, online, ringing, room, settle, until }
  from './fakes.mjs';

let here;
let socket;
let seq;
const say = (type, call, fields = {}) => socket.say({ type, seq: seq++, call: call.id, ...fields });
const refused = (name) => async () => { throw Object.assign(new Error(name), { name }); };

async function enter(options) {
  here = room(options);
  socket = await online(here);
  seq = 2;
}

beforeEach(() => enter());
afterEach(() => here.client.close());

describe('an outgoing call', () => {
  test('returns at once and offers the microphone', async () => {
    const call = here.client.call('1001');
    assert.equal(call.state, 'calling');
    assert.equal(call.direction, 'outgoing');
    assert.deepEqual(call.remote, { uri: '1001', display: '' });
    assert.equal(here.client.calls.get(call.id), call);
    const request = await ok(socket, 'call');
    assert.equal(request.to, '1001');
    assert.equal(request.sdp, 'v=0 offer 1');
    await call.ready;
    assert.equal(here.peers[0].senders.length, 1);
    assert.deepEqual(here.peers[0].configuration.iceServers, [{ urls: ['stun:gateway'] }]);
  });

  test('goes by ringing and early media to connected, with one answer', async () => {
    const call = await calling(here, socket);
    const states = [];
    call.addEventListener('statechange', (e) => states.push(e.detail.state));
    say('ringing', call);
    say('answer', call, { sdp: ANSWER });
    say('answer', call, { sdp: ANSWER });
    say('accepted', call);
    await settle();
    assert.deepEqual(states, ['ringing', 'early', 'connected']);
    assert.deepEqual(here.peers[0].remoteDescriptions, [{ type: 'answer', sdp: ANSWER }]);
    assert.ok(call.connectedAt >= call.startedAt);
  });

  test('is not held, sent digits or transferred before the gateway knows it, nor once it is over', async () => {
    const call = here.client.call('1001');
    const early = [call.hold(), call.dtmf('1'), call.transfer('1002')];
    for (const refused of await Promise.allSettled(early)) {
      assert.equal(refused.reason?.code, 'wrong-state');
      assert.equal(refused.reason?.remedy, 'Wait for `answered` first.');
    }
    call.hangup();
    await assert.rejects(call.hold(), { code: 'wrong-state', message: 'The call is "ended" and cannot be held.' });
    assert.deepEqual(['hold', 'dtmf', 'transfer'].map((type) => socket.heard(type)), [undefined, undefined, undefined]);
  });

  test('without audio and video, or with another word for them, is refused here', async () => {
    await assert.rejects(here.client.call('1001', { audio: false }).ready, { code: 'bad-request', field: '/audio' });
    await assert.rejects(here.client.call('1001', { video: 'yes' }).ready, { code: 'bad-request', field: '/video' });
    assert.equal(socket.heard('call'), undefined);
  });

  test('hears and says header fields', async () => {
    const call = await calling(here, socket);
    say('ringing', call, { headers: { 'x-call-id': 'a' } });
    say('accepted', call, { headers: { 'X-Agent': 'Bo' } });
    await settle();
    assert.deepEqual(call.headers, { 'x-call-id': 'a', 'x-agent': 'Bo' });
    call.hangup({ headers: { 'X-Rating': '5' } });
    assert.deepEqual(socket.heard('hangup').headers, { 'X-Rating': '5' });
  });

  test('hears the other side by one stream', async () => {
    const call = await calling(here, socket);
    const track = new FakeTrack();
    let heard;
    call.addEventListener('track', (e) => { heard = e.detail; });
    here.peers[0].ontrack({ track, streams: [] });
    assert.equal(heard.stream, call.remoteStream);
    assert.deepEqual(call.remoteStream.getTracks(), [track]);
  });

  test('trickles only after the gateway took the offer, and ends with null', async () => {
    const call = here.client.call('1001');
    await until(() => socket.heard('call'));
    const [pc] = here.peers;
    pc.onicecandidate({ candidate: { candidate: 'one', toJSON: () => ({ candidate: 'one' }) } });
    assert.equal(socket.heard('candidate'), undefined);
    await ok(socket, 'call');
    await call.ready;
    pc.onicecandidate({ candidate: { candidate: '' } });
    pc.onicecandidate({ candidate: null });
    const sent = socket.sent.filter((m) => m.type === 'candidate').map((m) => m.candidate);
    assert.deepEqual(sent, [{ candidate: 'one' }, null]);
  });

  test('keeps the gateway\'s candidates until the answer is there', async () => {
    const call = await calling(here, socket);
    say('candidate', call, { candidate: { candidate: 'early' } });
    await settle();
    assert.deepEqual(here.peers[0].candidates, []);
    say('answer', call, { sdp: ANSWER });
    say('candidate', call, { candidate: null });
    await settle();
    assert.deepEqual(here.peers[0].candidates, [{ candidate: 'early' }, null]);
  });

  test('that is refused ends with the gateway\'s words and frees the microphone', async () => {
    const call = here.client.call('666');
    const request = await until(() => socket.heard('call'));
    socket.say({ type: 'error', id: request.id, code: 'forbidden', message: 'Not allowed.', remedy: 'Ask.' });
    await assert.rejects(call.ready, { code: 'forbidden' });
    assert.equal(call.state, 'ended');
    assert.deepEqual(call.reason,
      { by: 'gateway', code: 'forbidden', text: 'Not allowed.', remedy: 'Ask.', sip: null, q850: null });
    assert.ok(here.microphones[0].getTracks()[0].stopped);
    assert.ok(here.peers[0].closed);
    assert.equal(here.client.calls.size, 0);
  });

  test('whose other side hangs up ends with the reason', async () => {
    const call = await calling(here, socket);
    let ended;
    call.addEventListener('ended', (e) => { ended = e.detail; });
    say('hangup', call, { by: 'remote', reason: { code: 'busy', sip: 486, q850: 17, text: 'Busy.', remedy: 'Later.' } });
    assert.deepEqual(ended, { by: 'remote', code: 'busy', text: 'Busy.', remedy: 'Later.', sip: 486, q850: 17 });
    assert.equal(socket.heard('hangup'), undefined);
  });

  test('given up before the microphone opens never reaches the gateway', async () => {
    let allow;
    await enter({ getUserMedia: () => new Promise((resolve) => { allow = resolve; }) });
    const call = here.client.call('1001');
    call.hangup();
    const stream = new FakeStream([new FakeTrack()]);
    allow(stream);
    await assert.rejects(call.ready, { code: 'cancelled' });
    assert.ok(stream.tracks[0].stopped);
    assert.equal(socket.heard('call'), undefined);
    assert.equal(socket.heard('hangup'), undefined);
  });

  test('given up while ringing is told to the gateway at once', async () => {
    const call = await calling(here, socket);
    const done = call.hangup();
    assert.equal(call.state, 'ended');
    assert.equal(call.reason.code, 'cancelled');
    await ok(socket, 'hangup');
    await done;
    say('hangup', call, { by: 'local', reason: { code: 'cancelled' } });
    assert.equal(call.reason.by, 'local');
  });

  test('ends when the browser cannot use the answer', async () => {
    const call = await calling(here, socket);
    say('answer', call, { sdp: 'bad' });
    await until(() => call.state === 'ended');
    assert.equal(call.reason.code, 'not-acceptable-media');
    assert.ok(socket.heard('hangup'));
  });
});

describe('the microphone', () => {
  for (const name of ['NotAllowedError', 'NotFoundError', 'NotReadableError', 'StrangeError']) {
    test(`that fails with ${name} ends an outgoing call with a remedy`, async () => {
      await enter({ getUserMedia: refused(name) });
      const call = here.client.call('1001');
      await assert.rejects(call.ready, { code: 'microphone' });
      assert.equal(call.reason.code, 'microphone');
      assert.equal(call.reason.by, 'local');
      assert.ok(call.reason.remedy);
      assert.equal(socket.heard('call'), undefined);
    });
  }

  test('and the camera are told apart', async () => {
    const failing = async (options) => {
      await enter({ getUserMedia: refused('NotAllowedError') });
      return here.client.call('1001', options).ready.catch(({ code, message }) => `${code}: ${message}`);
    };
    assert.equal(await failing({ video: true }), 'microphone: This page may not use the microphone or camera.');
    assert.equal(await failing({ audio: 'recvonly', video: true }), 'camera: This page may not use the camera.');
  });

  test('missing on a page without a secure context is explained', async () => {
    await enter({ getUserMedia: undefined });
    const { browserMedia } = await import('../../main/resources/web/client/media.js');
    assert.throws(() => browserMedia({ audio: true }),
      (error) => error.code === 'microphone' && /https.*localhost/.test(error.remedy));
  });

  test('is not asked for when only receiving', async () => {
    await calling(here, socket, { audio: 'recvonly' });
    assert.equal(here.microphones.length, 0);
    assert.deepEqual(here.peers[0].transceivers.map((t) => t.direction), ['recvonly']);
  });

  test('of the page itself is used and left running', async () => {
    const stream = new FakeStream([new FakeTrack()]);
    const call = await calling(here, socket, { stream });
    assert.equal(call.localStream, stream);
    await settle();
    call.hangup();
    assert.equal(stream.tracks[0].stopped, false);
    assert.equal(here.microphones.length, 0);
  });

  test('gets the page\'s constraints', async () => {
    const asked = [];
    await enter({ getUserMedia: async (c) => { asked.push(c); return new FakeStream([new FakeTrack()]); } });
    await calling(here, socket, { constraints: { audio: { deviceId: 'x' } } });
    assert.deepEqual(asked, [{ audio: { deviceId: 'x' }, video: false }]);
  });

  test('can be muted and replaced, and stays muted', async () => {
    const call = await calling(here, socket);
    call.mute(true);
    assert.equal(here.microphones[0].tracks[0].enabled, false);
    await call.replaceMicrophone('usb');
    const [old, fresh] = here.microphones.map((stream) => stream.tracks[0]);
    assert.ok(old.stopped);
    assert.equal(fresh.enabled, false);
    assert.equal(here.peers[0].senders[0].track, fresh);
    call.mute(false);
    assert.equal(fresh.enabled, true);
    call.hangup();
    assert.ok(fresh.stopped);
  });
});

describe('an incoming call', () => {
  test('takes the offer in at once, rings, and touches no microphone', async () => {
    const call = await ringing(here, socket);
    assert.equal(call.state, 'incoming');
    assert.deepEqual(call.remote, { uri: 'sip:1001@gateway', display: 'Bob' });
    assert.equal(socket.heard('ringing').call, 'g-1');
    assert.deepEqual(here.peers[0].remoteDescription, { type: 'offer', sdp: OFFER });
    assert.equal(here.peers[0].localDescription, null);
    assert.equal(here.microphones.length, 0);
  });

  for (const [video, offered] of [
    ['', false], ['m=video 9 RTP 96\r\na=sendrecv\r\n', true], ['m=video 0 RTP 96\r\na=sendrecv\r\n', false],
    ['m=video 0 RTP 96\r\na=bundle-only\r\n', true], ['m=video 9 RTP 96\r\na=recvonly\r\n', false],
  ]) {
    test(`${offered ? 'offers' : 'does not offer'} video with "${video.split('\r\n').slice(0, 2).join(' ')}"`, async () => {
      const call = await ringing(here, socket, { sdp: `v=0\r\nm=audio 9 RTP 0\r\na=sendrecv\r\n${video}` });
      assert.equal(call.offersVideo, offered);
    });
  }

  test('is connected once the gateway took the answer', async () => {
    const call = await ringing(here, socket);
    const answered = call.answer();
    await until(() => socket.heard('answer'));
    here.peers[0].onicecandidate({ candidate: { candidate: 'one' } });
    assert.equal(call.state, 'incoming');
    assert.equal(socket.heard('candidate'), undefined);
    assert.equal((await ok(socket, 'answer')).sdp, 'v=0 answer');
    await answered;
    assert.equal(call.state, 'connected');
    assert.deepEqual(socket.heard('candidate').candidate, { candidate: 'one' });
  });

  test('answered at once still takes the offer in before it gives its microphone', async () => {
    const tracksBefore = [];
    here.client.addEventListener('incoming', (e) => {
      const { pc } = e.detail.call;
      const take = pc.setRemoteDescription.bind(pc);
      pc.setRemoteDescription = async (offer) => {
        await settle();
        tracksBefore.push(pc.senders.length);
        return take(offer);
      };
      e.detail.call.answer();
    });
    await ringing(here, socket);
    await ok(socket, 'answer');
    assert.deepEqual(tracksBefore, [0]);
    assert.equal(here.peers[0].senders.length, 1);
  });

  test('answered twice in haste is answered once', async () => {
    const call = await ringing(here, socket);
    const both = [call.answer(), call.answer()];
    await ok(socket, 'answer');
    await Promise.all(both);
    assert.equal(socket.types().filter((type) => type === 'answer').length, 1);
    await assert.rejects(call.answer(), { code: 'wrong-state' });
  });

  test('rings on when the microphone fails, and can then be answered without', async () => {
    await enter({ getUserMedia: refused('NotAllowedError') });
    const call = await ringing(here, socket);
    await assert.rejects(call.answer(), { code: 'microphone' });
    assert.equal(call.state, 'incoming');
    const answered = call.answer({ audio: 'recvonly' });
    await ok(socket, 'answer');
    await answered;
    assert.equal(call.state, 'connected');
  });

  for (const [how, code] of [['busy', 'busy'], ['decline', 'declined']]) {
    test(`is declined with ${how}`, async () => {
      const call = await ringing(here, socket);
      call.decline(how);
      assert.equal(socket.heard('hangup').reason, how);
      assert.equal(call.reason.code, code);
    });
  }

  test('hung up before it is answered is declined', async () => {
    const call = await ringing(here, socket);
    call.hangup();
    assert.equal(socket.heard('hangup').reason, 'decline');
  });

  test('taken by another device stops the microphone it was opening', async () => {
    const call = await ringing(here, socket);
    const answered = call.answer();
    await until(() => socket.heard('answer'));
    socket.say({ type: 'hangup', seq: 3, call: 'g-1', by: 'gateway', reason: { code: 'answered-elsewhere' } });
    await ok(socket, 'answer');
    await answered;
    assert.equal(call.state, 'ended');
    assert.ok(here.microphones[0].tracks[0].stopped);
  });

  test('with an unusable offer is refused', async () => {
    const call = await ringing(here, socket, { sdp: 'bad' });
    assert.equal(call.reason.code, 'not-acceptable-media');
    assert.ok(socket.heard('hangup'));
  });
});

describe('during a call', () => {
  let call;
  beforeEach(async () => {
    call = await calling(here, socket);
    say('answer', call, { sdp: ANSWER });
    say('accepted', call);
    await settle();
  });

  test('digits go to the gateway with their timing', async () => {
    const pressed = call.dtmf('12#', { durationMs: 120 });
    const { id, ack, ...request } = await ok(socket, 'dtmf');
    assert.deepEqual(request, { type: 'dtmf', call: call.id, digits: '12#', durationMs: 120 });
    await pressed;
    assert.ok(id && ack);
  });

  test('a renegotiation of the gateway is answered', async () => {
    say('offer', call, { sdp: 'v=0 again' });
    const request = await ok(socket, 'answer');
    assert.equal(request.call, call.id);
    assert.equal(here.peers[0].remoteDescription.sdp, 'v=0 again');
  });

  test('a failed network path is renewed by an ICE restart', async () => {
    here.peers[0].ice('failed');
    assert.equal((await ok(socket, 'offer')).sdp, 'v=0 offer 2');
    assert.deepEqual(here.peers[0].offerOptions[1], { iceRestart: true });
    say('answer', call, { sdp: 'v=0 new path' });
    await settle();
    assert.equal(here.peers[0].remoteDescription.sdp, 'v=0 new path');
    assert.equal(call.state, 'connected');
  });

  test('a refused ICE restart leaves the call as it was', async () => {
    here.peers[0].ice('failed');
    const request = await until(() => socket.heard('offer'));
    socket.say({ type: 'error', id: request.id, code: 'wrong-state', message: 'no' });
    await until(() => here.peers[0].signalingState === 'stable');
    assert.equal(call.state, 'connected');
  });

  test('media, keys and hold of the other side are events', async () => {
    const seen = [];
    for (const type of ['media', 'dtmf', 'hold']) {
      call.addEventListener(type, (e) => seen.push([type, e.detail.state ?? e.detail.digit ?? e.detail.held]));
    }
    say('media', call, { state: 'one-way' });
    say('dtmf', call, { digit: '7', durationMs: 100 });
    say('held', call, { by: 'remote' });
    say('resumed', call, { by: 'remote' });
    assert.deepEqual(seen, [['media', 'one-way'], ['dtmf', '7'], ['hold', true], ['hold', false]]);
    assert.equal(call.media.state, 'one-way');
  });

  test('hold and resume go to the gateway and are events once it has agreed', async () => {
    const seen = [];
    call.addEventListener('hold', (e) => seen.push(e.detail));
    const held = call.hold();
    const { id, ack, ...request } = await until(() => socket.heard('hold'));
    assert.deepEqual(request, { type: 'hold', call: call.id });
    assert.equal(call.holding, false);
    await ok(socket, 'hold');
    await held;
    assert.equal(call.holding, true);
    const resumed = call.resume();
    await ok(socket, 'resume');
    await resumed;
    assert.deepEqual(seen, [{ held: false, holding: true }, { held: false, holding: false }]);
    assert.equal(here.peers[0].offerOptions.length, 1);
    assert.ok(id && ack);
  });

  test('the browser\'s figures are given to the gateway', async () => {
    here.peers[0].getStats = async () => new Map();
    const reported = call.report();
    const { id, report } = await until(() => socket.heard('stats'));
    socket.say({ type: 'ok', id, result: { state: 'CONNECTED' } });
    assert.deepEqual(await reported, { state: 'CONNECTED' });
    assert.equal(report.iceConnectionState, 'new');
  });

  test('a hold that the gateway refuses rejects and changes nothing', async () => {
    const held = call.hold();
    const { id } = await until(() => socket.heard('hold'));
    socket.say({ type: 'error', id, code: 'wrong-state', message: 'no' });
    await assert.rejects(held, { code: 'wrong-state' });
    assert.equal(call.holding, false);
  });

  test('a transfer resolves when the new party has picked up', async () => {
    const seen = [];
    call.addEventListener('transfer', (e) => seen.push(e.detail.status));
    const done = call.transfer('bob');
    const { id, ack, ...request } = await ok(socket, 'transfer');
    assert.deepEqual(request, { type: 'transfer', call: call.id, to: 'bob' });
    await assert.rejects(call.transfer('carol'), { code: 'wrong-state' });
    say('transferred', call, { status: 'ringing' });
    say('transferred', call, { status: 'accepted' });
    await done;
    say('hangup', call, { by: 'gateway', reason: { code: 'transferred', text: 'Transferred.' } });
    assert.deepEqual(seen, ['ringing', 'accepted']);
    assert.equal(call.reason.code, 'transferred');
    assert.ok(id && ack);
  });

  test('a transfer that fails rejects with the reason and can be tried again', async () => {
    const done = call.transfer('bob');
    await ok(socket, 'transfer');
    say('transferred', call, {
      status: 'failed', reason: { code: 'busy', sip: 486, text: 'Busy.', remedy: 'Later.' } });
    await assert.rejects(done, { code: 'busy', message: 'Busy.', remedy: 'Later.' });
    assert.equal(call.state, 'connected');
    const again = call.transferTo({ id: 'p-2' });
    const { with: other } = await until(() => socket.sent.find((m) => m.with));
    assert.equal(other, 'p-2');
    socket.say({ type: 'error', id: socket.heard('transfer').id, code: 'unknown-call', message: 'no' });
    await assert.rejects(again, { code: 'unknown-call' });
  });

  test('that ends during a transfer rejects it', async () => {
    const done = call.transfer('bob');
    await ok(socket, 'transfer');
    say('hangup', call, { by: 'remote', reason: { code: 'hangup' } });
    await assert.rejects(done, { code: 'cancelled' });
  });

  test('another party at the other side is an event', async () => {
    let seen;
    call.addEventListener('transfer', (e) => { seen = e.detail; });
    say('transferred', call, { to: { uri: 'sip:bob@gw', display: 'Bob' } });
    assert.equal(seen.status, 'changed');
    assert.deepEqual(call.remote, { uri: 'sip:bob@gw', display: 'Bob' });
    assert.equal(call.state, 'connected');
  });

  test('statistics are a small summary', async () => {
    here.peers[0].getStats = async () => new Map(Object.entries({
      t: { type: 'transport', selectedCandidatePairId: 'p' },
      p: { type: 'candidate-pair', localCandidateId: 'l', remoteCandidateId: 'r', currentRoundTripTime: 0.0123 },
      l: { type: 'local-candidate', candidateType: 'host', protocol: 'udp', address: '192.0.2.1', port: 9 },
      r: { type: 'remote-candidate', candidateType: 'host', protocol: 'udp', address: '192.0.2.2', port: 8 },
      c: { type: 'codec', mimeType: 'audio/PCMU', clockRate: 8000 },
      i: { type: 'inbound-rtp', kind: 'audio', codecId: 'c', packetsReceived: 99, packetsLost: 1, jitter: 0.004, bytesReceived: 5,
        totalSamplesReceived: 160, concealedSamples: 8 },
      vc: { type: 'codec', mimeType: 'video/VP8', clockRate: 90000 },
      v: { type: 'inbound-rtp', kind: 'video', codecId: 'vc', frameWidth: 640, frameHeight: 480, framesPerSecond: 29.97 },
      o: { type: 'outbound-rtp', kind: 'audio', codecId: 'c', packetsSent: 100, bytesSent: 7 },
    }));
    const stats = await call.stats();
    assert.deepEqual(stats, {
      iceConnectionState: 'new', connectionState: 'new', codec: 'PCMU/8000', roundTripMs: 12.3, jitterMs: 4,
      packetsSent: 100, packetsReceived: 99, packetsLost: 1, lossPercent: 1, remoteLossPercent: null,
      bytesSent: 7, bytesReceived: 5, audioLevel: null, samplesReceived: 160, samplesConcealed: 8,
      videoIn: 'VP8 640x480 30/s', videoOut: null,
      localCandidate: 'host udp 192.0.2.1:9', remoteCandidate: 'host udp 192.0.2.2:8',
    });
  });
});

describe('video that is added to a call', () => {
  /** A call that is connected, and the room it is in. */
  async function connected(direction) {
    const here = room({ getUserMedia: async (wanted) => new FakeStream([new FakeTrack(wanted.video ? 'video' : 'audio')]) });
    const socket = await online(here);
    const call = await calling(here, socket);
    socket.say({ type: 'answer', seq: 2, call: call.id, sdp: ANSWER });
    socket.say({ type: 'accepted', seq: 3, call: call.id });
    await call.answered;
    here.peers[0].answersWith = direction;
    return { here, socket, call };
  }

  async function answered(socket, call, seq) {
    await ok(socket, 'offer');
    await settle();
    socket.say({ type: 'answer', seq, call: call.id, sdp: ANSWER });
  }

  test('is sent once the other side has taken it, and stopped again', async () => {
    const { here, socket, call } = await connected('sendonly');
    const started = call.startVideo();
    await answered(socket, call, 4);
    await started;
    const [track] = call.localStream.getTracks().filter(({ kind }) => kind === 'video');
    const line = here.peers[0].getTransceivers().at(-1);
    assert.deepEqual([line.sender.track, line.direction], [track, 'sendrecv']);
    const stopped = call.stopVideo();
    await until(() => socket.sent.filter(({ type }) => type === 'offer').length === 2);
    await answered(socket, call, 5);
    await stopped;
    assert.deepEqual([line.sender.track, line.direction, track.stopped], [null, 'recvonly', true]);
    await here.client.close();
  });

  test('is taken back if the other side refuses it', async () => {
    const { here, socket, call } = await connected('stopped');
    const started = call.startVideo();
    await answered(socket, call, 4);
    await assert.rejects(started, { code: 'not-acceptable-media' });
    assert.deepEqual(call.localStream.getTracks().map(({ kind }) => kind), ['audio']);
    assert.equal(call.state, 'connected');
    await here.client.close();
  });
});

test('a page that may use TURN only says so when no server lets it in', async () => {
  const here = room({ iceTransportPolicy: 'relay' });
  const socket = await online(here);
  const call = await calling(here, socket);
  const [pc] = here.peers;
  assert.equal(pc.configuration.iceTransportPolicy, 'relay');
  pc.iceGatheringState = 'complete';
  pc.onicegatheringstatechange();
  assert.equal(call.media.verdict.code, 'ice-failed');
  assert.match(call.media.verdict.text, /TURN only/);
  await here.client.close();
});
