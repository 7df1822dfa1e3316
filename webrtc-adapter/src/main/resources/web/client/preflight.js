/** What a page finds out before a call: which network paths are open, and what to expect of the sound. */

/** From here on talking is uncomfortable (ITU-T G.114), and from here on hardly possible. */
const FAR_MS = 200;
const TOO_FAR_MS = 400;
const NO_REPLY = 701;

/**
 * Gathers candidates as a call would, and says what answered: `reached`, `unreached`, or `none` where
 * there is no such server. `gateway` is its media port itself, which answers STUN.
 *
 * @param runtime {RTCPeerConnection, iceServers, iceTransportPolicy, timing}
 * @param {string[]} gateway URLs of the gateway's media port
 */
export async function probeNetwork(runtime, gateway = []) {
  const [media, call] = await Promise.all([gather(runtime, [{ urls: gateway }]), gather(runtime, runtime.iceServers)]);
  return {
    gateway: state(gateway, 'stun', media.direct),
    stun: state(call.urls, 'stun', call.direct),
    turn: state(call.urls, 'turn', call.candidates.relay > 0),
    candidates: call.candidates,
    errors: [...media.errors, ...call.errors],
  };
}

/** What a call would be like, `good`, `fair`, `poor` or `none`, and why if it is not good. */
export function expectedQuality({ accepting, to, signallingMs, network }) {
  if (accepting === false) return { level: 'none', reason: 'The gateway takes no more calls now.' };
  if (to?.reachable === false) return { level: 'none', reason: to.text };
  if (isBlocked(network)) {
    return { level: 'none', reason: 'No STUN or TURN server answers: this network seems to block UDP.' };
  }
  const farMs = signallingMs + (to?.trunk?.optionsMs ?? 0);
  const far = `It is ${Math.round(farMs)} ms to the other side's server and back.`;
  if (farMs >= TOO_FAR_MS) return { level: 'poor', reason: far };
  if (farMs >= FAR_MS) return { level: 'fair', reason: far };
  if (network?.turn === 'reached' && [network.gateway, network.stun].includes('unreached')) {
    return { level: 'fair', reason: 'The direct way is blocked; sound takes the detour over TURN.' };
  }
  return { level: 'good', reason: '' };
}

/** Sound goes to the gateway directly or over TURN; what another STUN server says only hints at it. */
function isBlocked(network) {
  const direct = network?.gateway === 'none' ? network.stun : network?.gateway;
  return [direct, network?.turn].includes('unreached') && ![direct, network?.turn].includes('reached');
}

function state(urls, scheme, found) {
  if (!urls.some((url) => url.startsWith(scheme))) return 'none';
  return found ? 'reached' : 'unreached';
}

async function gather({ RTCPeerConnection, iceTransportPolicy, timing }, iceServers) {
  const urls = iceServers.flatMap((server) => server.urls);
  const candidates = { host: 0, srflx: 0, relay: 0 };
  const errors = [];
  const hosts = [];
  if (!urls.length) return { urls, candidates, errors, direct: false };
  const pc = new RTCPeerConnection({ iceServers, iceTransportPolicy });
  pc.onicecandidateerror = ({ url, errorCode, errorText }) => errors.push({ url, code: errorCode, text: errorText });
  pc.onicecandidate = ({ candidate }) => {
    if (candidate?.type in candidates) candidates[candidate.type]++;
    if (candidate?.type === 'host' && candidate.protocol === 'udp') hosts.push(candidate.address);
  };
  const complete = await gathered(pc, timing?.gatherMs ?? 5000);
  pc.close();
  const answered = complete && hasAnswered(urls.filter((url) => url.startsWith('stun')), hosts, errors);
  return { urls, candidates, errors, direct: iceTransportPolicy !== 'relay' && (candidates.srflx > 0 || answered) };
}

/**
 * A STUN server that sees the host's own address adds no candidate; silence would have been an error. Each
 * address of the host asks each server of its family, so one server that has answered one of them is enough.
 */
function hasAnswered(urls, hosts, errors) {
  const silent = errors.filter(({ url, code }) => code === NO_REPLY && url?.startsWith('stun'));
  return !silent.length || urls.some((url) => {
    const asked = hosts.filter((address) => familyOf(address) && familyOf(address) === familyOf(hostOf(url)));
    return silent.filter((error) => plain(error.url) === plain(url)).length < asked.length;
  });
}

const plain = (url) => url.replace(/[[\]]/g, '');
const hostOf = (url) => plain(url).replace(/^stuns?:/, '').replace(/:\d+$/, '');

/** 4 or 6; null of a name. */
function familyOf(address = '') {
  if (/^[\d.]+$/.test(address)) return 4;
  return /^[\da-f:.]*:[\da-f:.]*$/i.test(address) ? 6 : null;
}

/** @returns {Promise<boolean>} whether the browser has looked everywhere */
function gathered(pc, limitMs) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => resolve(false), limitMs);
    const count = pc.onicecandidate;
    pc.onicecandidate = (event) => {
      count(event);
      if (event.candidate) return;
      clearTimeout(timer);
      resolve(true);
    };
    pc.addTransceiver('audio', { direction: 'recvonly' });
    pc.createOffer().then((offer) => pc.setLocalDescription(offer)).catch(reject);
  });
}
