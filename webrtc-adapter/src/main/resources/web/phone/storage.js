/** What this browser remembers; one without storage remembers nothing. */

export function recall(key) {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
}

export function remember(key, value) {
  try {
    localStorage.setItem(key, JSON.stringify(value));
  } catch {
    // Storage is full or forbidden: the page works without.
  }
}

/** What lives as long as this tab; undefined where there is none. */
export function tabStorage() {
  try {
    return sessionStorage;
  } catch {
    return undefined;
  }
}
