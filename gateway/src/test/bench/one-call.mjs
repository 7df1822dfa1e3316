// One call each way between the phone and a page, with the moments of its way in milliseconds.
import { performance } from 'node:perf_hooks';
import { WebRtcPeer } from './webrtc-peer.mjs';

const PATIENCE_MS = 5000;

function within(promise, what) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no ${what} within ${PATIENCE_MS} ms`)), PATIENCE_MS);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

/** A call that is up: both its ends, and what was noted on the way. */
class LiveCall {
  constructor(client, peer, phoneCall, times) {
    Object.assign(this, { client, peer, phoneCall, times });
  }

  /** Waits until each side has heard the other. */
  async heard() {
    this.times.phoneHears = await within(this.phoneCall.rtp.firstHeard, 'packet at the phone');
    this.times.pageHears = await within(this.peer.firstHeard, 'packet at the page');
  }

  /** Ends the call from the phone. */
  async end() {
    const ended = new Promise((resolve) => (this.client.onended = resolve));
    this.phoneCall.hangUp();
    await within(ended, 'end of the call').finally(() => this.close());
  }

  close() {
    this.phoneCall.close();
    this.peer.close();
  }
}

/** The phone calls the page of a user, which answers at once. Each side sends a packet every `everyMs`. */
export async function phoneCallsPage(bed, user, everyMs) {
  const client = bed.clients.get(user);
  const times = {};
  let name;
  const peer = new WebRtcPeer(everyMs, (candidate) => client.candidate(name, candidate));
  client.oncandidate = (_, candidate) => peer.addCandidate(candidate);
  client.onincoming = async (call, sdp, arrival) => {
    name = call;
    times.incoming = arrival;
    const answer = await peer.answer(sdp);
    times.answer = performance.now();
    client.answer(call, answer);
  };
  const phoneCall = await bed.phone.call(bed.gateway.pageUri(user), everyMs);
  const live = new LiveCall(client, peer, phoneCall, times);
  await orClose(live, within(phoneCall.answered, '200'));
  Object.assign(times, phoneCall.times);
  return live;
}

/** The page of a user calls the phone, which answers at once. */
export async function pageCallsPhone(bed, user, everyMs) {
  const client = bed.clients.get(user);
  const times = {};
  let name;
  const peer = new WebRtcPeer(everyMs, (candidate) => client.candidate(name, candidate));
  client.oncandidate = (_, candidate) => peer.addCandidate(candidate);
  client.onanswer = (_, sdp) => peer.accept(sdp);
  const rung = bed.phone.expect(user);
  const offer = await peer.offer();
  times.call = performance.now();
  name = client.call(bed.gateway.phoneNumber(), offer);
  const phoneCall = await orClose(peer, within(Promise.race([rung, failure(client)]), 'INVITE'));
  phoneCall.answer(everyMs);
  Object.assign(times, phoneCall.times);
  return new LiveCall(client, peer, phoneCall, times);
}

const orClose = (closeable, promise) => promise.catch((e) => (closeable.close(), Promise.reject(e)));

function failure(client) {
  const failed = new Promise((_, reject) => {
    client.onended = (_call, why) => reject(new Error(JSON.stringify(why)));
  });
  failed.catch(() => {});
  return failed;
}
