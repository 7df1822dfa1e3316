import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { expectedQuality, probeNetwork } from '../../main/resources/web/client/preflight.js';
import { findingSentence, sentences } from '../../main/resources/web/phone/line-check.js';
import { FakePeerConnection } from './fakes.mjs';

const STUN = { urls: ['stun:gw:7000'] };
const TURN = { urls: ['turn:relay:3478'] };

/** Looks for paths with a browser that finds these candidates and fails with these errors. */
async function probe(iceServers, { found = [], errors = [], complete = true, policy }) {
  let pc;
  const timing = { gatherMs: complete ? 2000 : 10 };
  const probing = probeNetwork({ iceServers, iceTransportPolicy: policy, timing,
    RTCPeerConnection: function (...args) { return (pc = new FakePeerConnection(...args)); } });
  for (const one of found) pc.onicecandidate({ candidate: one.type ? one : { type: one } });
  for (const error of errors) pc.onicecandidateerror(error);
  if (complete) pc.onicecandidate({ candidate: null });
  const { stun, turn } = await probing;
  assert.ok(pc.closed);
  return [stun, turn];
}

describe('the look for network paths', () => {
  test('tells servers that answer from those that do not', async () => {
    assert.deepEqual(await probe([STUN, TURN], { found: ['host', 'srflx', 'relay'] }), ['reached', 'reached']);
    const errors = [{ url: 'stun:gw:7000', errorCode: 701, errorText: '' }];
    assert.deepEqual(await probe([STUN, TURN], { found: ['host'], errors }), ['unreached', 'unreached']);
  });

  test('knows that an address seen from outside as from inside adds no candidate', async () => {
    assert.deepEqual(await probe([STUN], { found: ['host'] }), ['reached', 'none']);
  });

  test('takes one server that has answered one address of the browser for enough', async () => {
    const host = (address) => ({ type: 'host', protocol: 'udp', address });
    const silent = (url) => ({ url, errorCode: 701, errorText: '' });
    const servers = [{ urls: ['stun:192.0.2.1:7000', 'stun:[2001:db8::1]:7000'] }];
    const found = [host('192.0.2.7'), host('10.8.0.2')];
    const six = silent('stun:2001:db8::1:7000');
    const four = silent('stun:192.0.2.1:7000');
    assert.deepEqual(await probe(servers, { found, errors: [six, six] }), ['reached', 'none']);
    assert.deepEqual(await probe(servers, { found, errors: [six, four] }), ['reached', 'none']);
    assert.deepEqual(await probe(servers, { found, errors: [four, four] }), ['unreached', 'none']);
    assert.deepEqual(await probe(servers, { found: [host('x.local')], errors: [four] }), ['unreached', 'none']);
  });

  test('does not wait for ever for a server that is silent', async () => {
    assert.deepEqual(await probe([STUN, TURN], { found: ['host'], complete: false }), ['unreached', 'unreached']);
  });

  test('counts no direct way where only relays may be used', async () => {
    assert.deepEqual(await probe([STUN, TURN], { found: ['relay'], policy: 'relay' }), ['unreached', 'reached']);
  });
});

describe('the sound to expect', () => {
  const network = (gateway, turn) => ({ gateway, stun: 'none', turn });
  const level = (more) => expectedQuality({ accepting: true, signallingMs: 20, network: network('reached', 'none'), ...more }).level;

  test('is good near by, worse far away', () => {
    assert.equal(level({}), 'good');
    assert.equal(level({ signallingMs: 250 }), 'fair');
    assert.equal(level({ signallingMs: 150, to: { reachable: true, trunk: { optionsMs: 300 } } }), 'poor');
  });

  test('is none without a way, a place or somebody to reach', () => {
    assert.equal(level({ network: network('unreached', 'unreached') }), 'none');
    assert.equal(level({ network: network('unreached', 'none') }), 'none');
    assert.equal(level({ accepting: false }), 'none');
    assert.equal(level({ to: { reachable: false, text: 'The trunk pbx is down.' } }), 'none');
  });

  test('is only fair over a relay, and a gateway without servers says nothing of paths', () => {
    assert.equal(level({ network: network('unreached', 'reached') }), 'fair');
    assert.equal(level({ network: network('none', 'none') }), 'good');
    assert.equal(level({ network: null }), 'good');
  });
});

describe('the check of the line, in words', () => {
  const found = { expected: { level: 'good', reason: '' }, signallingMs: 12, network: { gateway: 'reached', stun: 'none', turn: 'unreached' } };

  test('says how far the trunk is and how it sounds', () => {
    const to = { reachable: true, kind: 'trunk', codec: 'PCMA', trunk: { name: 'pbx', state: 'up', optionsMs: 3.4 } };
    assert.deepEqual(sentences({ ...found, to }, '0200'), [
      'Good sound is to be expected.',
      'The gateway answers in 12 ms.',
      'The way to the gateway by UDP is open.',
      'The way over the relay (TURN) is blocked.',
      '0200: trunk pbx is up and answers in 3 ms; sound as PCMA if the other side has it.',
    ]);
  });

  test('says who would ring, and why nobody would', () => {
    const user = { reachable: true, kind: 'user', pages: 1, phones: 2, codec: 'opus' };
    assert.equal(sentences({ ...found, to: user }, 'bob').at(-1),
      'bob: 1 page and 2 phones would ring; sound as opus if the other side has it.');
    const nobody = { reachable: false, text: 'There is no such number or user.', remedy: 'Check the number.' };
    assert.equal(sentences({ ...found, to: nobody }, '7').at(-1), '7: There is no such number or user. Check the number.');
  });
});

test('a step of a test of a line says whether it is well, or that nobody knows', () => {
  assert.equal(findingSentence({ passed: true, ms: 12, text: 'The trunk pbx is up.' }), '✓ The trunk pbx is up. (12 ms)');
  assert.equal(findingSentence({ passed: false, ms: 0, text: 'No.', remedy: 'Try again.' }), '✗ No. Try again.');
  assert.equal(findingSentence({ ms: 0, text: 'Digits were sent.' }), '– Digits were sent.');
});
