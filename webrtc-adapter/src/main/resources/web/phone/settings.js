/** The settings: microphone, speaker, camera, notifications; and what was chosen before. */
import { $, make, onClick, tell, tellError } from './dom.js';
import { LevelMeter } from './level.js';
import { CameraPreview } from './camera-preview.js';
import { LineCheck } from './line-check.js';
import { recall, remember } from './storage.js';

const MICROPHONE = 'ringdown.microphone';
const SPEAKER = 'ringdown.speaker';
const CAMERA = 'ringdown.camera';

export class Settings {
  #phone;
  #dialog = $('settings');
  #meter = new LevelMeter($('level-test'));
  #stream = null;
  #preview = new CameraPreview();
  #line;

  /** @param phone {tones, current (the call going on, or null), audio, checkLine(), testLine()} */
  constructor(phone) {
    this.#phone = phone;
    this.#line = new LineCheck(() => phone.checkLine(), (...args) => phone.testLine(...args));
    this.#useSpeaker(recall(SPEAKER) ?? '');
    onClick('test-speaker', () => phone.tones.test());
    onClick('notify', () => this.#askForNotifications());
    $('microphone').addEventListener('change', (e) => this.#chooseMicrophone(e.target.value));
    $('speaker').addEventListener('change', (e) => this.#chooseSpeaker(e.target.value));
    $('camera').addEventListener('change', (e) => this.#chooseCamera(e.target.value));
    onClick('test-camera', () => this.#showCamera());
    this.#dialog.addEventListener('close', () => this.#close());
    navigator.mediaDevices?.addEventListener('devicechange', () => this.#listDevices());
  }

  /** What getUserMedia is asked for. */
  get constraints() {
    return { audio: device(MICROPHONE), video: device(CAMERA) };
  }

  async open() {
    this.#dialog.showModal();
    this.#showNotifications();
    this.#line.forget();
    await this.#listen();
    await this.#listDevices();
  }

  /** The level is that of the call, or of a microphone opened for the purpose. */
  async #listen() {
    this.#release();
    tellError($('settings-error'), null);
    try {
      const stream = this.#phone.current?.localStream ?? (this.#stream = await openMicrophone({ audio: device(MICROPHONE) }));
      if (this.#dialog.open) this.#meter.follow(stream);
      else this.#release();
    } catch (error) {
      tellError($('settings-error'), { message: 'The microphone cannot be used.', remedy: remedyFor(error) });
    }
  }

  #release() {
    this.#meter.stop();
    for (const track of this.#stream?.getTracks() ?? []) track.stop();
    this.#stream = null;
  }

  async #listDevices() {
    const devices = await navigator.mediaDevices?.enumerateDevices() ?? [];
    fill($('microphone'), devices, 'audioinput', recall(MICROPHONE));
    fill($('speaker'), devices, 'audiooutput', recall(SPEAKER));
    fill($('camera'), devices, 'videoinput', recall(CAMERA));
    $('camera-choice').hidden = !devices.some(({ kind }) => kind === 'videoinput');
    const selectable = 'setSinkId' in HTMLMediaElement.prototype
      && devices.some(({ kind }) => kind === 'audiooutput');
    $('speaker-choice').hidden = !selectable;
    $('speaker-fixed').hidden = selectable;
  }

  async #chooseMicrophone(id) {
    remember(MICROPHONE, id);
    try {
      if (this.#phone.current?.localStream) await this.#phone.replaceMicrophone(id);
    } catch (error) {
      tellError($('settings-error'), error);
      return;
    }
    await this.#listen();
  }

  async #chooseCamera(id) {
    remember(CAMERA, id);
    try {
      if (this.#phone.current?.localStream?.getVideoTracks().length) await this.#phone.current.replaceCamera(id);
      if (this.#preview.open) await this.#preview.show(device(CAMERA));
    } catch (error) {
      tellError($('settings-error'), error);
    }
  }

  async #showCamera() {
    try {
      if (this.#preview.open) this.#preview.close();
      else await this.#preview.show(device(CAMERA));
    } catch (error) {
      tellError($('settings-error'), { message: 'The camera cannot be used.', remedy: remedyFor(error) });
    }
    await this.#listDevices();
  }

  #close() {
    this.#release();
    this.#preview.close();
  }

  #chooseSpeaker(id) {
    remember(SPEAKER, id);
    this.#useSpeaker(id);
  }

  #useSpeaker(id) {
    this.#phone.tones.useSpeaker(id);
    this.#phone.audio.setSinkId?.(id).catch(() => {});
  }

  async #askForNotifications() {
    await Notification.requestPermission();
    this.#showNotifications();
  }

  #showNotifications() {
    const permission = globalThis.Notification?.permission;
    $('notify-choice').hidden = !permission || !isSecureContext;
    $('notify').hidden = permission !== 'default';
    tell($('notify-text'), {
      granted: 'Calls are announced while this tab is in the background.',
      denied: 'Blocked. Allow notifications for this page in the browser\'s address bar.',
      default: 'Announce calls while this tab is in the background.',
    }[permission]);
  }
}

/** The chosen device, or whichever the browser takes. */
function device(key) {
  const id = recall(key);
  return id ? { deviceId: { ideal: id } } : true;
}

function openMicrophone(constraints) {
  if (!navigator.mediaDevices) throw new Error('insecure');
  return navigator.mediaDevices.getUserMedia(constraints);
}

function remedyFor({ name }) {
  if (!isSecureContext) return 'Open the page over https, or on the gateway itself as http://localhost.';
  if (name === 'NotAllowedError') return 'Allow it for this page in the browser\'s address bar.';
  return 'Check that it is plugged in and not in use by another program.';
}

function fill(select, devices, kind, chosen) {
  const ofKind = devices.filter((device) => device.kind === kind);
  const options = ofKind.map(({ deviceId, label }, i) => make('option',
    { value: deviceId, textContent: label || `Device ${i + 1}`, selected: deviceId === chosen }));
  select.replaceChildren(...(options.length ? options
    : [make('option', { value: '', textContent: 'System default' })]));
}
