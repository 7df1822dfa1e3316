/** Why a call is over: always of the form {by, code, text, remedy, sip, q850}. */

const WORDS = {
  hangup: 'The call was ended.',
  cancelled: 'The call was given up before it was answered.',
  declined: 'The call was declined.',
  busy: 'The call was refused as busy.',
};

const plain = { remedy: '', sip: null, q850: null };

/** We ended it on purpose. */
export const ownReason = (code) => ({ ...plain, by: 'local', code, text: WORDS[code] });

/** Something failed. */
export const failureReason = ({ code = 'client-error', message, remedy = '' }, by = 'local') =>
  ({ ...plain, by, code, text: message, remedy });

/** The gateway's `hangup` event says why. */
export function gatewayReason({ by, reason = {} }) {
  const { code = 'hangup', text, ...more } = reason;
  return { ...plain, ...more, by, code, text: text || WORDS[code] || code };
}

/** What is wrong with a browser that has no network path to offer. */
export const noCandidate = (policy) => ({
  code: 'ice-failed',
  hop: 'browser',
  direction: 'both',
  ...(policy === 'relay' ? {
    text: 'This page may use TURN only, and no TURN server has let it in.',
    remedy: 'Check the address of the TURN server, its credentials, and that it can be reached from here.',
  } : {
    text: 'The browser has found no network.',
    remedy: 'Check the network, and what the browser or a policy forbids of WebRTC.',
  }),
});
