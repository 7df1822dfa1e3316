import { noCandidate } from './reasons.js';

/** Browsers take some 5 s to call a path disconnected; if it does not come back at once then, it is replaced. */
const PATIENCE_MS = 500;

/** The network path of one call: says how it stands, and when another one has to be found. */
export class NetworkPath {
  #pc;
  #listener;

  /** @param listener `changed(states)`, `lost()`, `impossible(verdict)`: no way out of the browser was found */
  constructor(pc, policy, listener) {
    this.#pc = pc;
    this.#listener = listener;
    pc.oniceconnectionstatechange = () => this.#changed();
    pc.onconnectionstatechange = () => this.#changed();
    pc.onicegatheringstatechange = () => this.#gathered(policy);
  }

  get states() {
    const { iceConnectionState, connectionState } = this.#pc;
    return { iceConnectionState, connectionState };
  }

  /** Something may have changed in the network: what is lost need not be waited for. */
  check() {
    if (['disconnected', 'failed'].includes(this.#pc.iceConnectionState)) this.#listener.lost();
  }

  #changed() {
    this.#listener.changed(this.states);
    const { iceConnectionState } = this.#pc;
    if (iceConnectionState === 'failed') this.#listener.lost();
    if (iceConnectionState === 'disconnected') setTimeout(() => this.check(), PATIENCE_MS);
  }

  /** Without a candidate of ours nothing can come; the gateway would find out much later. */
  #gathered(policy) {
    const { iceGatheringState, localDescription } = this.#pc;
    if (iceGatheringState !== 'complete' || /^a=candidate/m.test(localDescription?.sdp)) return;
    this.#listener.impossible(noCandidate(policy));
  }
}
