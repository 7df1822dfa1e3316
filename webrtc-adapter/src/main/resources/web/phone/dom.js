/** The few DOM calls that every view makes. */

export const $ = (id) => document.getElementById(id);

/** A new element with properties and children. */
export function make(tag, properties = {}, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}

/** An icon of the page. */
export function icon(name) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  const use = document.createElementNS('http://www.w3.org/2000/svg', 'use');
  use.setAttribute('href', `#i-${name}`);
  svg.setAttribute('class', 'icon');
  svg.append(use);
  return svg;
}

/** Shows text in an element, or hides the element if there is none. */
export function tell(element, text) {
  element.textContent = text ?? '';
  element.hidden = !text;
}

/** Shows what went wrong: the sentence, and what can be done about it. */
export function tellError(element, error) {
  element.hidden = !error;
  element.replaceChildren();
  if (!error) return;
  element.append(make('strong', { textContent: error.message }));
  if (error.remedy) element.append(' ', error.remedy);
}

/** For screen readers: what has just happened. */
export function announce(text) {
  $('announcer').textContent = text;
}

/** Runs an action on every click of an element. */
export const onClick = (id, action) => $(id).addEventListener('click', action);
