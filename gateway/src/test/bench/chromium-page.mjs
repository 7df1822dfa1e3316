// The page that chromium.mjs drives: answers calls by itself, makes them when told to, and notes
// the moments in milliseconds since 1970, the one clock that it shares with node.
import { JanusClient } from './janus-client.mjs';
import { RingdownClient } from './ringdown-client.mjs';

const CLIENTS = { ringdown: RingdownClient, janus: JanusClient };
const now = () => performance.timeOrigin + performance.now();

let microphone;
let client;

/** One connection; what its far side trickles too early waits for the description. */
class Peer {
  #early = [];

  constructor(sendCandidate) {
    this.connection = new RTCPeerConnection();
    this.connection.addTrack(microphone.getAudioTracks()[0], microphone);
    this.connection.onicecandidate = ({ candidate }) => sendCandidate(candidate?.toJSON() ?? null);
    this.heard = new Promise((resolve) => {
      this.connection.ontrack = ({ track }) => (track.onunmute = () => resolve(now()));
    });
  }

  async describe(type, sdp) {
    await this.connection.setRemoteDescription({ type, sdp });
    this.#early.splice(0).forEach((candidate) => this.connection.addIceCandidate(candidate));
  }

  candidate(candidate) {
    if (this.connection.remoteDescription) this.connection.addIceCandidate(candidate);
    else this.#early.push(candidate);
  }
}

function follow(peer) {
  client.oncandidate = (_, candidate) => peer.candidate(candidate);
  client.onanswer = (_, sdp) => peer.describe('answer', sdp);
  client.onended = () => peer.connection.close();
}

async function answer(call, sdp) {
  const peer = new Peer((candidate) => client.candidate(call, candidate));
  follow(peer);
  await peer.describe('offer', sdp);
  await peer.connection.setLocalDescription();
  const answered = now();
  client.answer(call, peer.connection.localDescription.sdp);
  return { answered, pageHears: await peer.heard };
}

/** Signs in at a gateway by its name. Has the microphone first: without, browsers hide their addresses. */
window.signIn = async (gateway, login) => {
  microphone = await navigator.mediaDevices.getUserMedia({ audio: true });
  client = await CLIENTS[gateway].signIn(WebSocket, login);
};

/** Resolves to the moments of the next call that comes in; `armed` once it may. */
window.expectCall = () => {
  window.answered = new Promise((resolve) => (client.onincoming = (call, sdp) => resolve(answer(call, sdp))));
};

/** Calls; `window.answered` will resolve to the moments. */
window.placeCall = async (to) => {
  let name;
  const waiting = [];
  const peer = new Peer((candidate) => (name ? client.candidate(name, candidate) : waiting.push(candidate)));
  follow(peer);
  await peer.connection.setLocalDescription();
  name = client.call(to, peer.connection.localDescription.sdp);
  waiting.forEach((candidate) => client.candidate(name, candidate));
  window.answered = peer.heard.then((pageHears) => ({ pageHears }));
};
