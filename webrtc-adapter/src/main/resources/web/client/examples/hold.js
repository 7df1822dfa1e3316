// Lets the other side wait for a while.
import { RingdownClient } from '../ringdown.js';

export default async function hold({ user, password, to, seconds }) {
  const client = new RingdownClient({ user, password });
  await client.connect();
  const call = client.call(to);
  call.addEventListener('hold', ({ detail }) => console.log(detail.holding ? 'on hold' : 'going on'));
  await call.answered;
  await call.hold();
  await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
  await call.resume();
  return client;
}
