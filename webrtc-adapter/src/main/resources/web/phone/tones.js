/** Every sound the phone makes by itself, from oscillators. */

const KEYS = '123A456B789C*0#D';
const LOW = [697, 770, 852, 941];
const HIGH = [1209, 1336, 1477, 1633];

export class Tones {
  #context = null;
  #timer = null;
  #playing = '';
  #sounding = new Set();
  #sink = '';

  /** Browsers let a page make sounds only after the user has done something on it. */
  unlock() {
    this.#context ??= new AudioContext();
    this.#context.resume();
    this.useSpeaker(this.#sink);
  }

  useSpeaker(id) {
    this.#sink = id;
    this.#context?.setSinkId?.(id).catch(() => {});
  }

  /** Somebody calls: a bell that rings down. */
  ring() {
    this.#repeat('ring', 3000, () => {
      for (const [at, hz] of [[0, 659], [0.18, 784], [0.36, 988], [0.54, 784]]) this.#bell(hz, at);
    });
  }

  /** It rings at the other side (ITU-T E.180: 425 Hz, 1 s in 5 s). */
  ringback() {
    this.#repeat('ringback', 5000, () => this.#tone([425], 0, 1, 0.06));
  }

  /** Whether `ring` or `ringback` is being played, or ''. */
  get playing() {
    return this.#playing;
  }

  /** Stops ringing and ringback. */
  stop() {
    clearInterval(this.#timer);
    this.#playing = '';
    for (const source of this.#sounding) source.stop();
    this.#sounding.clear();
  }

  /** A key was pressed (ITU-T Q.23). */
  key(digit) {
    const index = KEYS.indexOf(digit);
    if (index >= 0) this.#tone([LOW[index >> 2], HIGH[index & 3]], 0, 0.12, 0.05);
  }

  /** The call is over; `failed`: not as wished. */
  ended(failed) {
    if (failed) for (const at of [0, 0.4, 0.8]) this.#tone([425], at, 0.2, 0.06);
    else this.#bell(440, 0);
  }

  /** Somebody else calls during a call. */
  knock() {
    for (const at of [0, 0.4]) this.#tone([425], at, 0.2, 0.05);
  }

  /** To try the speaker. */
  test() {
    for (const [at, hz] of [[0, 523], [0.2, 659], [0.4, 784]]) this.#bell(hz, at);
  }

  #repeat(name, everyMs, play) {
    if (this.#playing === name) return;
    this.stop();
    this.#playing = name;
    play();
    this.#timer = setInterval(play, everyMs);
  }

  #bell(hz, at) {
    for (const [partial, loudness] of [[1, 0.14], [2.76, 0.03]]) {
      this.#sound(hz * partial, at, 1.1, (gain, from) => {
        gain.setValueAtTime(loudness, from);
        gain.exponentialRampToValueAtTime(0.0005, from + 1.1);
      });
    }
  }

  #tone(frequencies, at, seconds, loudness) {
    for (const hz of frequencies) {
      this.#sound(hz, at, seconds, (gain, from) => {
        gain.setValueAtTime(0, from);
        gain.linearRampToValueAtTime(loudness, from + 0.01);
        gain.setValueAtTime(loudness, from + seconds - 0.02);
        gain.linearRampToValueAtTime(0, from + seconds);
      });
    }
  }

  #sound(hz, at, seconds, shape) {
    if (this.#context?.state !== 'running') return;
    const from = this.#context.currentTime + at;
    const source = new OscillatorNode(this.#context, { frequency: hz });
    const gain = new GainNode(this.#context, { gain: 0 });
    shape(gain.gain, from);
    source.connect(gain).connect(this.#context.destination);
    source.start(from);
    source.stop(from + seconds);
    this.#sounding.add(source);
    source.onended = () => this.#sounding.delete(source);
  }
}
