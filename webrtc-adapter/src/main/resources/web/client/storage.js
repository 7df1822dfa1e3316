/**
 * What outlives a reload of the page: one record in a Storage such as sessionStorage. It is written
 * when the page goes and taken away when the next one comes, so it never stands there while a page
 * uses the session: a duplicated tab, whose storage is a copy, finds none.
 */
const KEY = 'ringdown.session';

/** Leaves a record of the form {url, resumeSeconds, ...} behind. */
export function leave(storage, record) {
  try {
    storage.setItem(KEY, JSON.stringify({ ...record, leftAt: Date.now() }));
  } catch {
    // Storage that is full or forbidden: the next page signs in anew.
  }
}

/** The record left behind for that gateway, unless it is too old; else null. */
export function find(storage, url) {
  try {
    const record = JSON.parse(storage.getItem(KEY));
    const inTime = Date.now() - record.leftAt < record.resumeSeconds * 1000;
    return record.url === url && inTime ? record : null;
  } catch {
    return null;
  }
}

/** Like {@link find}; nobody else finds it then. */
export function take(storage, url) {
  const record = find(storage, url);
  if (record) storage.removeItem(KEY);
  return record;
}
