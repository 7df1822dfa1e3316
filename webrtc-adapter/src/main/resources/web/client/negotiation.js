import { Peer } from './peer.js';

/** Offers and answers of one call: what the browser makes goes out as requests (RFC 3264). */
export class Negotiation {
  #pc;
  #peer;
  #request;
  /** The gateway has not said ok to our last offer: an answer is for the one before. */
  #offering = false;

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

  async answer() {
    await this.#request('answer', { sdp: await this.#peer.answer() });
    this.#peer.trickle();
  }

  /** Takes the gateway's offer in; {@link answer} follows. */
  remoteOffer(sdp) {
    return this.#peer.remoteOffer(sdp);
  }

  async remoteAnswer(sdp) {
    if (!this.#offering) await this.#peer.remoteAnswer(sdp);
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
  }

  close() {
    this.#peer.close();
  }
}
