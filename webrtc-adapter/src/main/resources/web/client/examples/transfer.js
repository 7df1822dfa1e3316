// Hands a call over to a number. If nobody answers there, it is ours still.
import { RingdownClient } from '../ringdown.js';

export default async function transfer({ user, password, from, to }) {
  const client = new RingdownClient({ user, password });
  await client.connect();
  const call = client.call(from);
  call.addEventListener('transfer', ({ detail }) => console.log(`the transfer: ${detail.status}`));
  await call.answered;
  await call.transfer(to);
  return client;
}
