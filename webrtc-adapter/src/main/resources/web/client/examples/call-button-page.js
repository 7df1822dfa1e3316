// The token of this example comes with the address; a real page writes it into the attribute.
import '../call-button.js';

const button = document.querySelector('ringdown-call');
const wishes = new URLSearchParams(location.search);
for (const name of ['token', 'to', 'gateway']) {
  if (wishes.has(name)) button.setAttribute(name, wishes.get(name));
}
button.addEventListener('statechange', ({ detail }) => console.log(`the call button is ${detail.state}`));
