/** How loud a stream is, shown as a bar. */
export class LevelMeter {
  #bar;
  #context = null;
  #track = null;
  #frame = 0;

  constructor(bar) {
    this.#bar = bar;
  }

  /** Follows a stream until {@link stop}. */
  follow(stream) {
    const [track = null] = stream?.getAudioTracks() ?? [];
    if (track === this.#track) return;
    this.stop();
    if (!track) return;
    this.#track = track;
    this.#context = new AudioContext();
    const analyser = new AnalyserNode(this.#context, { fftSize: 512 });
    this.#context.createMediaStreamSource(stream).connect(analyser);
    const samples = new Float32Array(analyser.fftSize);
    const draw = () => {
      analyser.getFloatTimeDomainData(samples);
      this.#show(loudness(samples));
      this.#frame = requestAnimationFrame(draw);
    };
    draw();
  }

  stop() {
    cancelAnimationFrame(this.#frame);
    this.#context?.close();
    this.#context = null;
    this.#track = null;
    this.#show(0);
  }

  #show(share) {
    this.#bar.style.transform = `scaleX(${share.toFixed(3)})`;
  }
}

/** 0 at -60 dBFS and below, 1 at full scale. */
function loudness(samples) {
  const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
  const decibels = 10 * Math.log10(power + 1e-9);
  return Math.min(1, Math.max(0, (decibels + 60) / 54));
}
