/** Light or dark, by the person's choice or the system's. */
import { $ } from './dom.js';
import { recall, remember } from './storage.js';

const THEME = 'ringdown.theme';

export function useTheme() {
  const select = $('theme');
  select.value = recall(THEME) ?? '';
  const apply = () => { document.documentElement.dataset.theme = select.value; };
  select.addEventListener('change', () => {
    remember(THEME, select.value);
    apply();
  });
  apply();
}
