// A browser's end of the media without a browser: ICE, DTLS and SRTP of libdatachannel.
import { performance } from 'node:perf_hooks';
import { Audio, PeerConnection } from 'node-datachannel';
import { MEDIA_ADDRESS } from './addresses.mjs';
import { Pace, PacketSource, PCMA } from './rtp.mjs';

let created = 0;

export class WebRtcPeer {
  #connection;
  #track;
  #pace;
  #ssrc = 1_000_000 + ++created;
  #early = [];
  #closed = false;
  heard = 0;
  sent = 0;

  /** `oncandidate` gets this side's candidates one by one, after the description. */
  constructor(everyMs, oncandidate) {
    this.everyMs = everyMs;
    this.#connection = new PeerConnection(`page-${created}`, {
      iceServers: [],
      bindAddress: MEDIA_ADDRESS,
      forceMediaTransport: true,
    });
    this.description = new Promise((resolve) => this.#connection.onLocalDescription(resolve));
    this.#connection.onLocalCandidate((line, sdpMid) => oncandidate({ candidate: line.replace(/^a=/, ''), sdpMid }));
    this.connected = new Promise((resolve) => {
      this.#connection.onStateChange((state) => state === 'connected' && resolve(performance.now()));
    });
    this.firstHeard = new Promise((resolve) => (this.onfirst = resolve));
  }

  /** Resolves to the SDP offer. */
  offer() {
    const audio = new Audio('0', 'SendRecv');
    audio.addAudioCodec(PCMA, 'PCMA');
    audio.addSSRC(this.#ssrc, 'measure', 'stream', 'audio');
    this.#use(this.#connection.addTrack(audio));
    this.#connection.setLocalDescription();
    return this.description;
  }

  /** Resolves to the SDP answer, with the SSRC that browsers put there and libdatachannel leaves out. */
  async answer(sdp) {
    this.#connection.onTrack((track) => this.#use(track));
    this.accept(sdp, 'offer');
    return `${await this.description}a=ssrc:${this.#ssrc} cname:measure\r\n`;
  }

  /** Takes the far side's description. */
  accept(sdp, type = 'answer') {
    if (this.#closed) return;
    this.#connection.setRemoteDescription(sdp, type);
    const early = this.#early;
    this.#early = undefined;
    early?.forEach((candidate) => this.addCandidate(candidate));
  }

  /** Takes a candidate of the far side, which may come before its description. */
  addCandidate(candidate) {
    if (this.#closed) return;
    if (this.#early) this.#early.push(candidate);
    else this.#connection.addRemoteCandidate(candidate.candidate, candidate.sdpMid ?? '0');
  }

  close() {
    this.#closed = true;
    this.#pace?.stop();
    this.#connection.close();
  }

  #use(track) {
    this.#track = track;
    const source = new PacketSource(this.#ssrc);
    track.onMessage((packet) => this.#receive(packet));
    track.onOpen(() => (this.#pace = new Pace(this.everyMs, () => this.#send(source.next()))));
  }

  #send(packet) {
    try {
      this.#track.sendMessageBinary(packet);
      this.sent++;
    } catch {
      this.#pace?.stop(); // closed by the far side
    }
  }

  #receive(packet) {
    if ((packet[1] & 0x7f) !== PCMA) return;
    if (this.heard++ === 0) this.onfirst(performance.now());
  }
}
