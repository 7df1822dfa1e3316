/** Short messages of this session, to and from other users. */
import { $, announce, make } from './dom.js';
import { dialable, nameOf } from './words.js';

const KEPT = 100;

export class Texts {
  #client = null;
  #unread = 0;

  constructor() {
    $('text-form').addEventListener('submit', (event) => {
      event.preventDefault();
      this.#send(dialable($('text-to').value), $('text').value.trim());
    });
    $('texts').addEventListener('toggle', () => this.#count(0));
  }

  use(client) {
    this.#client = client;
    client.addEventListener('message', ({ detail }) => this.#received(detail));
  }

  #received({ from, text }) {
    this.#add('from', nameOf(from), text);
    if (!$('text-to').value) $('text-to').value = from.uri;
    announce(`Message from ${nameOf(from)}: ${text}`);
    if (!$('texts').open) this.#count(this.#unread + 1);
  }

  async #send(to, text) {
    if (!to || !text) return;
    $('text').value = '';
    const state = this.#add('to', to, text);
    state.textContent = 'sending…';
    try {
      await this.#client.message(to, text);
      state.textContent = 'delivered';
    } catch (error) {
      state.textContent = [error.message, error.remedy].filter(Boolean).join(' ');
      state.className = 'failed';
      announce(`Not delivered: ${state.textContent}`);
    }
  }

  #add(way, name, text) {
    const state = make('small');
    $('letters').append(make('li', { className: way },
      make('strong', { textContent: way === 'to' ? `To ${name}` : name }),
      make('p', { textContent: text }), state));
    while ($('letters').children.length > KEPT) $('letters').firstChild.remove();
    $('letters').scrollTop = $('letters').scrollHeight;
    return state;
  }

  #count(unread) {
    this.#unread = unread;
    $('texts-brief').textContent = unread ? `${unread} new` : '';
  }
}
