import assert from 'node:assert/strict';
import { test } from 'node:test';
import { clock, dialable, factsOf, initialOf, isOrdinaryEnd, mediaTrouble, nameOf, numberOf, shortAddress, since, statusOf }
  from '../../main/resources/web/phone/words.js';

test('an address is shown without scheme, host and parameters', () => {
  assert.equal(shortAddress('sip:1001@gateway:5060;transport=udp'), '1001');
  assert.equal(shortAddress('tel:+4930123'), '+4930123');
  assert.equal(shortAddress('alice'), 'alice');
});

test('a name stands before the number, and the number is not said twice', () => {
  const bob = { uri: 'sip:1001@gateway', display: 'Bob' };
  assert.deepEqual([nameOf(bob), numberOf(bob), initialOf(bob)], ['Bob', '1001', 'B']);
  const plain = { uri: 'sip:1001@gateway', display: '' };
  assert.deepEqual([nameOf(plain), numberOf(plain), initialOf(plain)], ['1001', '', '']);
  assert.equal(nameOf({ uri: '', display: '' }), 'Unknown caller');
});

test('a pasted number loses its ornaments, a name or address keeps its own', () => {
  assert.equal(dialable(' +49 (30) 123-4/5 '), '+493012345');
  assert.equal(dialable('*43#'), '*43#');
  assert.equal(dialable('sip:bob-2@example.org'), 'sip:bob-2@example.org');
});

test('durations have hours only if needed', () => {
  assert.deepEqual([0, 75, 3725].map(clock), ['0:00', '1:15', '1:02:05']);
});

test('a recent call is told by minutes, an older one by its time', () => {
  const now = new Date(2026, 4, 20, 12, 0).getTime();
  assert.equal(since(now - 20_000, now), 'now');
  assert.equal(since(now - 5 * 60_000, now), '5 min');
  assert.match(since(now - 3 * 3_600_000, now), /9.00/);
  assert.match(since(now - 30 * 24 * 3_600_000, now), /20/);
});

test('only an unwished end needs an explanation', () => {
  const ended = (by, code) => isOrdinaryEnd({ reason: { by, code } });
  assert.ok(ended('remote', 'hangup') && ended('local', 'declined') && ended('remote', 'cancelled'));
  assert.ok(!ended('remote', 'declined') && !ended('remote', 'busy') && !ended('gateway', 'ice-failed'));
});

test('status and cause are shown where the gateway gave them', () => {
  assert.equal(factsOf({ by: 'remote', code: 'busy', sip: 486, q850: 17 }), 'busy · SIP 486 · Q.850 cause 17');
  assert.equal(factsOf({ by: 'local', code: 'microphone', sip: null, q850: null }), '');
});

test('the line under the name follows the call', () => {
  assert.equal(statusOf({ state: 'calling' }, false), 'Calling…');
  assert.equal(statusOf({ state: 'early' }, true), 'Ringing…');
  assert.equal(statusOf({ state: 'early' }, false), 'Connecting…');
  assert.equal(statusOf({ state: 'connected', connectedAt: Date.now() - 61_500 }, false), '1:01');
  assert.equal(statusOf({ state: 'connected', held: true }, false), 'On hold by the other side');
  assert.equal(statusOf({ state: 'connected', holding: true }, false), 'On hold');
  assert.equal(statusOf({ state: 'connected', held: true, holding: true }, false), 'On hold by both sides');
});

test('trouble with the sound is said in words', () => {
  const trouble = (iceConnectionState, state) => mediaTrouble({ pc: { iceConnectionState }, media: state && { state } });
  assert.match(trouble('failed'), /No network path/);
  assert.match(trouble('connected', 'one-way'), /one way/);
  assert.equal(trouble('connected', 'connected'), '');
  const verdict = { code: 'no-rtp-from-sip', text: 'No sound arrives from the phone.', remedy: 'Check the firewall.' };
  assert.equal(mediaTrouble({ pc: {}, media: { state: 'one-way', verdict } }),
    'No sound arrives from the phone. Check the firewall.');
  assert.equal(mediaTrouble({ pc: {}, media: { state: 'one-way', verdict }, held: true }), '');
});
