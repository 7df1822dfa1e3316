/** `<ringdown-call to="…" token="…">`: registers itself when the module is loaded. */
export class RingdownCallElement extends HTMLElement {
  readonly state: 'idle' | 'connecting' | 'ringing' | 'in-call' | 'ended' | 'error';
  /** As a click on the button does. Resolves when the other side has answered or the call failed. */
  call(): Promise<void>;
  hangup(): void;
  addEventListener(
    type: 'statechange',
    listener: (event: Event & { detail: { state: RingdownCallElement['state'] } }) => void): void;
  addEventListener(
    type: string, listener: EventListenerOrEventListenerObject | null,
    options?: boolean | AddEventListenerOptions): void;
}

declare global {
  interface HTMLElementTagNameMap {
    'ringdown-call': RingdownCallElement;
  }
}
