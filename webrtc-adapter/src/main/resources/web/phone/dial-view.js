/** The dial field and its pad. */
import { $, onClick } from './dom.js';
import { buildPad, flashKey } from './pad.js';
import { dialable } from './words.js';

export class DialView {
  #field = $('number');
  #phone;
  #held = false;

  /** @param phone {dial(number), lastDialled, tones} */
  constructor(phone) {
    this.#phone = phone;
    buildPad($('dial-pad'), (digit) => this.#pressed(digit), (digit) => this.#holding(digit));
    onClick('call-button', () => this.call());
    onClick('video-button', () => this.call({ video: true }));
    onClick('erase', () => this.#erase());
    this.#field.addEventListener('input', () => this.#changed());
    this.#changed();
  }

  /** What would be called; empty if nothing was typed. */
  get number() {
    return dialable(this.#field.value);
  }

  /** A digit from the keyboard while the field has no focus. */
  type(digit) {
    this.#insert(digit);
    this.#phone.tones.key(digit);
    flashKey($('dial-pad'), digit);
    this.#field.focus({ preventScroll: true });
  }

  /** Calls what stands in the field; an empty field brings back the last number. */
  async call(options) {
    const { number } = this;
    if (number) {
      if (await this.#phone.dial(number, options)) this.clear();
    } else {
      this.#field.value = this.#phone.lastDialled;
      this.#changed();
      this.#field.focus();
    }
  }

  clear() {
    this.#field.value = '';
    this.#changed();
  }

  focus() {
    if (!matchMedia('(pointer: coarse)').matches) this.#field.focus({ preventScroll: true });
  }

  #pressed(digit) {
    if (!this.#held) this.#insert(digit);
    this.#held = false;
    this.#phone.tones.key(digit);
  }

  /** 0 held down is a plus; the click that follows the finger's lifting adds nothing. */
  #holding(digit) {
    if (digit !== '0') return;
    this.#held = true;
    this.#insert('+');
  }

  #insert(text) {
    const { selectionStart: from, selectionEnd: to, value } = this.#field;
    this.#field.setRangeText(text, from ?? value.length, to ?? value.length, 'end');
    this.#changed();
  }

  #erase() {
    this.#field.value = this.#field.value.slice(0, -1);
    this.#changed();
    this.#field.focus();
  }

  #changed() {
    $('erase').hidden = !this.#field.value;
  }
}
