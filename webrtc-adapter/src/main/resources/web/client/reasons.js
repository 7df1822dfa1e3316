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
