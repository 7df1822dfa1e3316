/** Microphone and camera: opening them, closing them, and saying why it did not work. */
import { RingdownError } from './errors.js';

const REFUSALS = {
  NotAllowedError: ['This page may not use the microphone.',
    'Allow the microphone in the address bar of the browser, then call again.'],
  NotFoundError: ['No microphone was found.', 'Plug one in, or call without a microphone.'],
  NotReadableError: ['The microphone is in use by another program, or it failed.',
    'Close the other program, or choose another microphone.'],
  OverconstrainedError: ['The chosen microphone or camera is no longer there.',
    'Choose another one.'],
};

/**
 * Opens what a call wants to send.
 *
 * @returns {Promise<{stream: MediaStream | null, owned: boolean}>} `owned`: to be stopped by us
 * @throws {RingdownError} code `microphone`
 */
export async function openMedia({ audio = true, video = false, stream, constraints }, getUserMedia) {
  if (stream) return { stream, owned: false };
  const wanted = {
    audio: audio === true && (constraints?.audio ?? true),
    video: video === true && (constraints?.video ?? true),
  };
  if (!wanted.audio && !wanted.video) return { stream: null, owned: false };
  try {
    return { stream: await getUserMedia(wanted), owned: true };
  } catch (error) {
    throw refusal(error);
  }
}

/** The browser's own getUserMedia; fails clearly where the page has none. */
export function browserMedia(constraints) {
  const devices = globalThis.navigator?.mediaDevices;
  if (devices?.getUserMedia) return devices.getUserMedia(constraints);
  throw new RingdownError({
    code: 'microphone',
    message: 'The browser gives this page no microphone, because it was opened over plain http.',
    remedy: 'Open the page over https, or on the gateway itself as http://localhost.',
  });
}

export function stopTracks(stream) {
  for (const track of stream?.getTracks() ?? []) track.stop();
}

function refusal(error) {
  if (error instanceof RingdownError) return error;
  const [message, remedy] = REFUSALS[error.name]
    ?? [`The microphone cannot be used (${error.message}).`, 'Choose another microphone.'];
  return new RingdownError({ code: 'microphone', message, remedy }, error);
}
