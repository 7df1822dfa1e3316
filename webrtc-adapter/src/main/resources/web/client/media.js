/** Microphone and camera: opening them, closing them, and saying why it did not work. */
import { RingdownError, callOver } from './errors.js';

const REFUSALS = {
  NotAllowedError: ['This page may not use the #.', 'Allow it in the address bar of the browser, then try again.'],
  NotFoundError: ['No # was found.', 'Plug one in, or call without.'],
  NotReadableError: ['The # is in use by another program, or it failed.',
    'Close the other program, or choose another one.'],
  OverconstrainedError: ['The chosen # is no longer there.', 'Choose another one.'],
};

/** What a call sends: opened for it, or lent by the page. */
export class LocalMedia {
  stream = null;
  /** What was asked for: true, false or 'recvonly'. */
  wishes = { audio: true, video: false };
  /** Kinds that are sent as silence or black. */
  #off = new Set();
  #owned = false;
  #added = new Set();
  #runtime;
  #isOver;

  /**
   * @param runtime {getUserMedia, MediaStream}
   * @param isOver says that the call is over and nothing may stay open
   */
  constructor(runtime, isOver) {
    this.#runtime = runtime;
    this.#isOver = isOver;
  }

  /**
   * Opens microphone and camera, as far as they are wished for.
   *
   * @throws {RingdownError} code `bad-request` if neither is; `microphone`, or `camera` if only that was asked for; `cancelled` if the call ended meanwhile
   */
  async open({ audio = this.wishes.audio, video = this.wishes.video, stream, constraints }) {
    check({ audio, video });
    const opened = stream ?? await this.#ask({
      audio: audio === true && (constraints?.audio ?? true),
      video: video === true && (constraints?.video ?? true),
    });
    this.release();
    this.#owned = !stream;
    this.stream = opened;
    this.wishes = { audio, video };
    this.#apply();
  }

  isOff(kind) {
    return this.#off.has(kind);
  }

  turnOff(kind, off) {
    if (off) this.#off.add(kind);
    else this.#off.delete(kind);
    this.#apply();
  }

  /** Opens another device of that kind; gives its track. */
  async replace(kind, deviceId) {
    const fresh = await this.#ask({ [kind]: { deviceId: { exact: deviceId } } });
    const stays = [];
    for (const track of this.stream.getTracks()) {
      if (track.kind !== kind) stays.push(track);
      else if (this.#owned) track.stop();
    }
    const [track] = fresh.getTracks();
    this.stream = new this.#runtime.MediaStream([...stays, track]);
    this.#owned = true;
    this.#apply();
    return track;
  }

  /** Opens a device more; gives its track. */
  async add(kind, { stream, constraints }) {
    const opened = stream ?? await this.#ask({ [kind]: constraints?.[kind] ?? true });
    const track = opened.getTracks().find((one) => one.kind === kind);
    if (!stream) this.#added.add(track);
    this.stream = new this.#runtime.MediaStream([...this.stream?.getTracks() ?? [], track]);
    this.wishes = { ...this.wishes, [kind]: true };
    this.#apply();
    return track;
  }

  /** Takes the devices of that kind back. */
  drop(kind) {
    const tracks = this.stream?.getTracks() ?? [];
    for (const track of tracks) if (track.kind === kind && (this.#owned || this.#added.has(track))) track.stop();
    this.stream = new this.#runtime.MediaStream(tracks.filter((track) => track.kind !== kind));
    this.wishes = { ...this.wishes, [kind]: false };
  }

  /** Closes what was opened. */
  release() {
    if (this.#owned) stopTracks(this.stream);
    for (const track of this.#added) track.stop();
  }

  async #ask(wanted) {
    if (!wanted.audio && !wanted.video) return null;
    const stream = await this.#open(wanted);
    if (!this.#isOver()) return stream;
    stopTracks(stream);
    throw callOver();
  }

  async #open(wanted) {
    try {
      return await this.#runtime.getUserMedia(wanted);
    } catch (error) {
      throw refusal(error, wanted);
    }
  }

  #apply() {
    for (const track of this.stream?.getTracks() ?? []) track.enabled = !this.#off.has(track.kind);
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

function check(wishes) {
  const wrong = Object.keys(wishes).find((kind) => ![true, false, 'recvonly'].includes(wishes[kind]));
  if (!wrong && (wishes.audio || wishes.video)) return;
  const field = wrong ?? 'audio';
  throw new RingdownError({
    code: 'bad-request', message: `${field} cannot be ${wishes[field]}.`,
    remedy: "Use true or 'recvonly'.", field: `/${field}` });
}

function stopTracks(stream) {
  for (const track of stream?.getTracks() ?? []) track.stop();
}

function refusal(error, { audio, video }) {
  if (error instanceof RingdownError) return error;
  const [message, remedy] = REFUSALS[error.name] ?? [`The # cannot be used (${error.message}).`, 'Choose another one.'];
  const device = [audio && 'microphone', video && 'camera'].filter(Boolean);
  return new RingdownError({ code: device[0], message: message.replace('#', device.join(' or ')), remedy }, error);
}
