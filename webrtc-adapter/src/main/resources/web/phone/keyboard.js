/** The phone by keyboard: digits dial, Enter calls or answers, Escape hangs up or declines. */

/** @param phone {typed(digit), enter(), escape()} */
export function listenForKeys(phone) {
  document.addEventListener('keydown', (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (document.querySelector('dialog[open]') || isOtherField(event.target)) return;
    if (react(phone, event)) event.preventDefault();
  });
}

function react(phone, { key, target, repeat }) {
  if (key === 'Escape') return phone.escape();
  if (key === 'Enter') return !repeat && !isControl(target) && phone.enter();
  if (/^[\d*#+]$/.test(key) && target.id !== 'number') return phone.typed(key);
  return false;
}

const isOtherField = (target) => target.matches('input, select, textarea') && target.id !== 'number';
const isControl = (target) => target.matches('button, a, summary, select');
