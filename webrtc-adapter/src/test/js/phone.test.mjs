import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Lines } from '../../main/resources/web/phone/lines.js';
import { lossRate, pathOf, rate, values } from '../../main/resources/web/phone/plots.js';
import { judge, meanOpinion } from '../../main/resources/web/phone/quality.js';

describe('the lines of a phone', () => {
  const call = (name, state = 'connected') => ({ name, state });
  const names = (calls) => calls.map(({ name }) => name).join(' ');

  test('show who waits, the one left last first, and who calls, the first first', () => {
    const lines = new Lines();
    for (const name of ['a', 'b', 'c']) lines.bring(call(name));
    lines.add(call('x', 'incoming'));
    lines.add(call('y', 'incoming'));
    assert.deepEqual([lines.front.name, names(lines.waiting), names(lines.callers)], ['c', 'b a', 'x y']);
  });

  test('go on without the call that ends, wherever it is', () => {
    const lines = new Lines();
    const [a, b] = [call('a'), call('b')];
    lines.bring(a);
    lines.bring(b);
    lines.remove(b);
    assert.deepEqual([lines.front, names(lines.waiting)], [null, 'a']);
    lines.remove(a);
    assert.ok(lines.isEmpty);
  });

  test('may all wait while somebody else is called', () => {
    const lines = new Lines();
    lines.bring(call('a'));
    lines.bring(null);
    assert.deepEqual([lines.front, names(lines.waiting), lines.isEmpty], [null, 'a', false]);
  });
});

describe('the quality of a call', () => {
  /** Seven samples, one a second, each with 50 packets more and whatever else changes. */
  const seconds = (change = () => ({})) => Array.from({ length: 9 }, (_, i) => ({
    at: i * 1000, packetsReceived: 50 * i, packetsLost: 0, samplesReceived: 8000 * i, samplesConcealed: 0,
    roundTripMs: 20, jitterMs: 2, remoteLossPercent: 0, ...change(i) }));

  test('is not known before there are three samples', () => {
    assert.equal(judge(seconds().slice(0, 2)), null);
  });

  test('is good on a clean path, and says how far it is', () => {
    const { level, text, mos } = judge(seconds());
    assert.deepEqual([level, text], ['good', 'Good sound, 20 ms, no loss']);
    assert.ok(mos > 4.2, `mos ${mos}`);
  });

  for (const [what, change, level, reason] of [
    ['loss on the way here', (i) => ({ packetsLost: i }), 'fair', /miss 2 % of what they say/],
    ['much loss on the way here', (i) => ({ packetsLost: 5 * i }), 'poor', /miss 9 % of what they say/],
    ['packets that come too late', (i) => ({ samplesConcealed: 800 * i }), 'poor', /miss 10 %/],
    ['loss on the way there', () => ({ remoteLossPercent: 8 }), 'poor', /they miss 8 % of what you say/],
    ['a long way', () => ({ roundTripMs: 450 }), 'poor', /450 ms/],
    ['uneven arrival', () => ({ jitterMs: 40 }), 'fair', /uneven by 40 ms/],
    ['silence of the network', () => ({ packetsReceived: 300 }), 'poor', /No sound arrives/],
  ]) {
    test(`is ${level} with ${what}, and says so`, () => {
      const verdict = judge(seconds(change));
      assert.equal(verdict.level, level);
      assert.match(verdict.text, reason);
    });
  }

  test('does not suffer from how a stream begins', () => {
    const samples = seconds((i) => ({ samplesConcealed: 4000 })).slice(0, 6);
    assert.equal(judge(samples.map((sample, i) => (i === 1 ? { ...sample, samplesConcealed: 0 } : sample))).level, 'good');
  });

  test('is poor when nothing has come at all', () => {
    assert.match(judge(seconds(() => ({ packetsReceived: 0 }))).text, /No sound arrives/);
  });

  test('forgets a bad moment that is over', () => {
    const samples = [...seconds((i) => ({ packetsLost: 10 * i })), ...seconds((i) => ({
      at: 9000 + i * 1000, packetsReceived: 450 + 50 * i, packetsLost: 80, samplesReceived: 72000 + 8000 * i }))];
    assert.equal(judge(samples).level, 'good');
  });

  test('counts sound that was made up for lost sound', () => {
    const samples = seconds((i) => ({ samplesConcealed: 1600 * i, samplesReceived: 8000 * i }));
    assert.equal(judge(samples).level, 'poor');
    assert.ok(judge(samples).mos < 3, `${judge(samples).mos}`);
  });

  test('falls with loss and delay as the E-model has it', () => {
    const mos = (roundTripMs, lossPercent) => meanOpinion({ roundTripMs, jitterMs: 0, lossPercent });
    assert.ok(mos(20, 0) > mos(20, 2) && mos(20, 2) > mos(20, 10));
    assert.ok(mos(20, 0) > mos(500, 0) && mos(500, 0) > mos(900, 0));
    assert.ok(mos(0, 100) >= 1);
  });
});

describe('a plot', () => {
  test('shows rates between samples', () => {
    const samples = [0, 50, 90].map((packetsReceived, i) => ({ at: i * 1000, packetsReceived, packetsLost: i * 10 }));
    assert.deepEqual(values(rate('packetsReceived'), samples), [50, 40]);
    assert.deepEqual(values(lossRate, samples), [16.7, 20]);
  });

  test('leaves a gap where nothing is known, and ends at the right', () => {
    const path = pathOf([10, null, 20, 20], 20);
    assert.equal(path.match(/M/g).length, 2);
    assert.match(path, /L240\.0 3\.0$/);
  });
});
