/** Offers notifications once, beside the phone; the browser's own question comes only on a click. */
import { $, onClick } from './dom.js';
import { recall, remember } from './storage.js';

const DECLINED = 'ringdown.no-notifications';

export class NotificationAsk {
  constructor() {
    onClick('ask-yes', async () => {
      await Notification.requestPermission();
      this.offer();
    });
    onClick('ask-no', () => {
      remember(DECLINED, true);
      this.offer();
    });
  }

  /** Shows the offer if it makes sense still. */
  offer() {
    const open = isSecureContext && globalThis.Notification?.permission === 'default';
    $('ask').hidden = !open || Boolean(recall(DECLINED));
  }
}
