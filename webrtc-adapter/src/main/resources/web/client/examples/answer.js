// Answers whoever calls.
import { RingdownClient } from '../ringdown.js';

export default async function answer({ user, password }) {
  const client = new RingdownClient({ user, password });
  client.addEventListener('incoming', async ({ detail: { call } }) => {
    console.log(`${call.remote.display || call.remote.uri} is calling`);
    call.addEventListener('track', ({ detail }) => { document.querySelector('audio').srcObject = detail.stream; });
    await call.answer().catch((error) => console.log(error.message, error.remedy)); // It rings on then.
  });
  await client.connect();
  return client;
}
