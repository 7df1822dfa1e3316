import { callOver } from './errors.js';

/**
 * Offer and answer over one RTCPeerConnection (JSEP, RFC 8829) with trickled candidates (RFC 8838).
 * Steps run one after the other; candidates of either direction wait until they can be used.
 */
export class Peer {
  #pc;
  #sendCandidate;
  #steps = Promise.resolve();
  #held = [];
  #early = [];
  #abort;
  #aborted = new Promise((_, reject) => { this.#abort = reject; });

  /** @param sendCandidate called with an RTCIceCandidateInit, null at the end */
  constructor(pc, sendCandidate) {
    this.#pc = pc;
    this.#sendCandidate = sendCandidate;
    this.#aborted.catch(() => {});
    pc.onicecandidate = ({ candidate }) => this.#gathered(candidate);
  }

  /** What goes out, and what is only received. `audio` and `video`: true, false or 'recvonly'. */
  send(stream, { audio, video }) {
    for (const track of stream?.getTracks() ?? []) this.#pc.addTrack(track, stream);
    for (const [kind, wish] of Object.entries({ audio, video })) {
      const lines = this.#pc.getTransceivers().filter((line) => line.receiver.track.kind === kind);
      if (wish === 'recvonly' && !lines.length) {
        this.#pc.addTransceiver(kind, { direction: 'recvonly' });
      }
      if (!wish) for (const line of lines) line.direction = 'inactive';
    }
  }

  /** A new offer; our candidates are held back until {@link trickle}. */
  offer(options) {
    return this.#step(async () => {
      this.#held = [];
      await this.#pc.setLocalDescription(await this.#pc.createOffer(options));
      return this.#pc.localDescription.sdp;
    });
  }

  answer() {
    return this.#step(async () => {
      await this.#pc.setLocalDescription(await this.#pc.createAnswer());
      return this.#pc.localDescription.sdp;
    });
  }

  /** The gateway's offer. One of ours that crossed it gives way. */
  remoteOffer(sdp) {
    return this.#step(() => this.#remote('offer', sdp));
  }

  /** The gateway's answer; an answer without an offer is ignored. */
  remoteAnswer(sdp) {
    return this.#step(async () => {
      if (this.#pc.signalingState === 'have-local-offer') await this.#remote('answer', sdp);
    });
  }

  remoteCandidate(candidate) {
    return this.#step(async () => {
      if (this.#pc.remoteDescription) await this.#add(candidate);
      else this.#early.push(candidate);
    }).catch(() => {});
  }

  /** The gateway took our description: held candidates, and those to come, may go. */
  trickle() {
    const held = this.#held ?? [];
    this.#held = null;
    held.forEach(this.#sendCandidate);
  }

  /** Takes back an offer that the gateway refused. */
  rollback() {
    return this.#step(async () => {
      if (this.#pc.signalingState !== 'have-local-offer') return;
      await this.#pc.setLocalDescription({ type: 'rollback' });
    });
  }

  close() {
    this.#pc.onicecandidate = null;
    this.#pc.close();
    this.#abort(callOver());
  }

  async #remote(type, sdp) {
    await this.#pc.setRemoteDescription({ type, sdp });
    for (const candidate of this.#early.splice(0)) await this.#add(candidate);
  }

  /** A candidate that the browser cannot use (an address family it lacks) is no reason to fail. */
  async #add(candidate) {
    await this.#pc.addIceCandidate(candidate).catch(() => {});
  }

  #gathered(candidate) {
    if (candidate?.candidate === '') return;
    const init = candidate?.toJSON?.() ?? candidate;
    if (this.#held) this.#held.push(init);
    else this.#sendCandidate(init);
  }

  /** A closed RTCPeerConnection leaves its promises open for ever; ours are not. */
  #step(action) {
    const done = Promise.race([this.#steps.then(action), this.#aborted]);
    this.#steps = done.catch(() => {});
    return done;
  }
}
