/** The pictures of a call, as far as there are any. */
import { $ } from './dom.js';
import { mediaTrouble } from './words.js';

export class Film {
  /** Shows what comes and goes now. */
  update(call) {
    const comes = call.remoteStream.getVideoTracks().some((track) => !track.muted && track.readyState === 'live');
    const goes = Boolean(call.localStream?.getVideoTracks().length);
    play($('remote-video'), comes ? call.remoteStream : null);
    play($('local-video'), goes ? call.localStream : null);
    $('film').hidden = !comes && !goes;
    $('film').classList.toggle('alone', !comes);
    $('local-video').hidden = !goes || call.videoPaused;
    $('call-avatar').hidden = comes || goes;
    $('camera-toggle').hidden = !goes;
    $('call-sound').hidden = goes;
    $('start-video').hidden = goes || call.state !== 'connected' || call.holding || call.held || mediaTrouble(call) !== '';
    $('desk').classList.toggle('wide', comes || goes);
  }

  stop() {
    for (const id of ['remote-video', 'local-video']) $(id).srcObject = null;
    $('film').hidden = true;
    $('desk').classList.remove('wide');
  }
}

function play(element, stream) {
  if (element.srcObject === stream) return;
  element.srcObject = stream;
  if (stream) element.play().catch(() => {});
}
