import { noVideo } from './errors.js';
import { Peer } from './peer.js';

/** Offers and answers of one call: what the browser makes goes out as requests (RFC 3264). */
export class Negotiation {
  #pc;
  #peer;
  #request;
  /** The gateway has not said ok to our last offer: an answer is for the one before. */
  #offering = false;
  /** Our open offer is answered, or taken back. */
  #settle = null;

  /** @param request (type, fields): sends a request about the call, resolves with the `ok` */
  constructor(pc, request) {
    this.#pc = pc;
    this.#request = request;
    this.#peer = new Peer(pc, (candidate) => request('candidate', { candidate }).catch(() => {}));
  }

  /** What goes out from now on. */
  send({ stream, wishes }) {
    this.#peer.send(stream, wishes);
  }

  /** The first offer, as a request that begins the call. */
  async call(fields, beforeRequest) {
    const sdp = await this.#peer.offer();
    beforeRequest();
    await this.#request('call', { ...fields, sdp });
    this.#peer.trickle();
  }

  /** A renegotiation of ours. One that the gateway refuses changes nothing. */
  async offer(options) {
    try {
      const sdp = await this.#peer.offer(options);
      this.#offering = true;
      await this.#request('offer', { sdp });
      this.#peer.trickle();
    } catch (error) {
      await this.rollback();
      throw error;
    } finally {
      this.#offering = false;
    }
  }

  /** Sends one more track; rejects, and nothing changes, if the other side does not take it. */
  async show(track, stream) {
    const line = this.#free(track.kind) ?? this.#pc.addTransceiver(track.kind, { direction: 'inactive', streams: [stream] });
    const before = line.direction;
    await line.sender.replaceTrack(track);
    line.direction = 'sendrecv';
    try {
      await this.#exchange();
      if (!line.currentDirection?.startsWith('send')) throw noVideo();
    } catch (error) {
      await line.sender.replaceTrack(null).catch(() => {});
      if (line.currentDirection !== 'stopped') line.direction = before;
      throw error;
    }
  }

  /** Sends no track of that kind any more. */
  async hide(kind) {
    for (const line of this.#pc.getTransceivers().filter(({ sender }) => sender.track?.kind === kind)) {
      await line.sender.replaceTrack(null);
      line.direction = line.direction === 'sendrecv' ? 'recvonly' : 'inactive';
    }
    await this.#exchange();
  }

  async answer(fields = {}) {
    await this.#request('answer', { sdp: await this.#peer.answer(), ...fields });
    this.#peer.trickle();
  }

  /** Takes the gateway's offer in; {@link answer} follows. */
  remoteOffer(sdp) {
    return this.#peer.remoteOffer(sdp);
  }

  async remoteAnswer(sdp) {
    if (this.#offering) return;
    await this.#peer.remoteAnswer(sdp);
    this.#settle?.();
  }

  remoteCandidate(candidate) {
    this.#peer.remoteCandidate(candidate);
  }

  /** Looks for a new network path, unless an offer is open. */
  async restartIce() {
    if (this.#pc.signalingState === 'stable') await this.offer({ iceRestart: true }).catch(() => {});
  }

  /** Takes back an offer that the gateway refused. */
  async rollback() {
    await this.#peer.rollback().catch(() => {});
    this.#settle?.();
  }

  close() {
    this.#peer.close();
    this.#settle?.();
  }

  /** An offer of ours, until it is answered. */
  async #exchange() {
    const settled = new Promise((resolve) => { this.#settle = resolve; });
    await this.offer();
    await settled;
  }

  /** A line that could send and does not. */
  #free(kind) {
    return this.#pc.getTransceivers().find(({ receiver, sender, currentDirection }) =>
      receiver.track.kind === kind && !sender.track && currentDirection !== 'stopped');
  }
}

/** Port 0 refuses a section, unless it is one of a bundle (RFC 8843 section 6). */
export function offersVideo(sdp) {
  const isRefused = (section) => /^m=video 0 /.test(section) && !/^a=bundle-only/m.test(section);
  return sdp.split(/^(?=m=)/m).some((section) =>
    section.startsWith('m=video') && !isRefused(section) && !/^a=(recvonly|inactive)/m.test(section));
}
