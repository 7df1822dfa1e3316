/** The picture of the chosen camera, in the settings. */
import { $ } from './dom.js';

export class CameraPreview {
  #stream = null;

  get open() {
    return this.#stream !== null;
  }

  /** Shows a camera until {@link close}. */
  async show(video) {
    this.close();
    this.#stream = await navigator.mediaDevices.getUserMedia({ video });
    this.#set(true);
  }

  close() {
    for (const track of this.#stream?.getTracks() ?? []) track.stop();
    this.#stream = null;
    this.#set(false);
  }

  #set(open) {
    $('camera-preview').hidden = !open;
    $('camera-preview').srcObject = this.#stream;
    $('test-camera').setAttribute('aria-pressed', String(open));
    $('test-camera').textContent = open ? 'Hide' : 'Show';
  }
}
