/** Numbers, times and reasons as a person reads them. Pure. */

/** `sip:1001@gateway;x=y` is shown as `1001`. */
export function shortAddress(uri = '') {
  return uri.replace(/^(sips?|tel):/i, '').replace(/[@;?].*$/, '') || uri;
}

/** The name of the other side, or the number if there is none. */
export function nameOf({ uri, display }) {
  return display || shortAddress(uri) || 'Unknown caller';
}

/** The number under the name; empty if the name is the number already. */
export function numberOf(remote) {
  const short = shortAddress(remote.uri);
  return short === nameOf(remote) ? '' : short;
}

/** For the avatar; empty for a number. */
export function initialOf(remote) {
  const name = nameOf(remote);
  return /^\p{L}/u.test(name) ? name[0].toUpperCase() : '';
}

/** What a person typed or pasted, as it is called: `+49 (30) 123-4` becomes `+49301234`. */
export function dialable(text) {
  const trimmed = text.trim();
  return /^[\d\s().*#+/-]+$/.test(trimmed) ? trimmed.replace(/[\s()./-]/g, '') : trimmed;
}

/** `75` seconds are `1:15`. */
export function clock(seconds) {
  const two = (n) => String(n).padStart(2, '0');
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return h ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}

/** How long ago, short: `now`, `5 min`, `14:03`, `Tue 14:03`, `3 Mar`. */
export function since(at, now = Date.now()) {
  const minutes = Math.floor((now - at) / 60_000);
  if (minutes < 1) return 'now';
  if (minutes < 60) return `${minutes} min`;
  const show = (options) => new Intl.DateTimeFormat(undefined, options).format(at);
  if (new Date(at).toDateString() === new Date(now).toDateString()) {
    return show({ hour: '2-digit', minute: '2-digit' });
  }
  if (minutes < 6 * 24 * 60) return show({ weekday: 'short', hour: '2-digit', minute: '2-digit' });
  return show({ day: 'numeric', month: 'short' });
}

const QUIET = new Set(['hangup', 'cancelled', 'answered-elsewhere', 'transferred']);

/** Whether the end of a call needs no explanation. */
export function isOrdinaryEnd(call) {
  const { code, by } = call.reason;
  return QUIET.has(code) || (by === 'local' && ['declined', 'busy'].includes(code));
}

/** SIP status and Q.850 cause, for those who ask for them. */
export function factsOf({ by, code, sip, q850 }) {
  return by === 'local' ? '' : [code, sip && `SIP ${sip}`, q850 && `Q.850 cause ${q850}`].filter(Boolean).join(' · ');
}

/** The line under the name. */
export function statusOf(call, alerted) {
  if (call.holding) return call.held ? 'On hold by both sides' : 'On hold';
  if (call.held) return 'On hold by the other side';
  if (call.state === 'connected') return clock(Math.floor((Date.now() - call.connectedAt) / 1000));
  if (call.state === 'ringing' || (call.state === 'early' && alerted)) return 'Ringing…';
  if (call.state === 'early') return 'Connecting…';
  return call.state === 'ended' ? 'Ended' : 'Calling…';
}

const MEDIA = {
  lost: 'The sound was lost. Looking for another way…',
  'one-way': 'Sound goes only one way. Check the microphone and the speaker.',
};

/** What is wrong with the sound of a call, in words; empty if nothing is. */
export function mediaTrouble(call) {
  if (call.pc.iceConnectionState === 'failed') return 'No network path for sound was found.';
  if (call.pc.iceConnectionState === 'disconnected') return MEDIA.lost;
  if (call.holding || call.held) return '';
  const { state, verdict } = call.media ?? {};
  return verdict ? [verdict.text, verdict.remedy].filter(Boolean).join(' ') : MEDIA[state] ?? '';
}

/** Of a call that is not in front, behind its name. */
export function waitingOf(call) {
  if (call.holding) return 'is on hold';
  return call.state === 'connected' ? 'goes on' : 'is being called';
}
