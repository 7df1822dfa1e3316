// Calls somebody, plays what they say, and tells how it ended.
import { RingdownClient } from '../ringdown.js';

export default async function call({ user, password, to }) {
  const client = new RingdownClient({ user, password });
  await client.connect();
  const call = client.call(to);
  call.addEventListener('track', ({ detail }) => { document.querySelector('audio').srcObject = detail.stream; });
  call.addEventListener('ended', ({ detail }) => console.log(detail.text, detail.remedy));
  await call.answered;
  return client;
}
