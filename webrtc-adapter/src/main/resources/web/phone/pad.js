/** A telephone's twelve keys. */
import { make } from './dom.js';

const LETTERS = { 2: 'ABC', 3: 'DEF', 4: 'GHI', 5: 'JKL', 6: 'MNO', 7: 'PQRS', 8: 'TUV', 9: 'WXYZ', 0: '+' };
const SPOKEN = { '*': 'star', '#': 'hash' };
const LONG_MS = 500;

/**
 * Fills an element with keys.
 *
 * @param press called with the digit
 * @param hold called with the digit of a key that is held down, if given
 */
export function buildPad(element, press, hold) {
  for (const digit of '123456789*0#') {
    const key = make('button', { type: 'button', className: 'key' },
      make('span', { textContent: digit }), make('small', { textContent: LETTERS[digit] ?? '', ariaHidden: 'true' }));
    if (SPOKEN[digit]) key.setAttribute('aria-label', SPOKEN[digit]);
    key.addEventListener('click', () => press(digit));
    if (hold) key.addEventListener('pointerdown', () => watchHold(key, () => hold(digit)));
    element.append(key);
  }
}

function watchHold(key, action) {
  const timer = setTimeout(action, LONG_MS);
  const forget = () => clearTimeout(timer);
  for (const type of ['pointerup', 'pointerleave', 'pointercancel']) {
    key.addEventListener(type, forget, { once: true });
  }
}

/** Lights a key for a moment, as if a finger had pressed it. */
export function flashKey(element, digit) {
  const key = element.children['123456789*0#'.indexOf(digit)];
  key?.classList.add('pressed');
  setTimeout(() => key?.classList.remove('pressed'), 150);
}
