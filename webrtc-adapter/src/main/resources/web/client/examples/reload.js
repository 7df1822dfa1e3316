// Comes back into its calls when the page has been loaded anew.
import { RingdownClient } from '../ringdown.js';

export default async function reload({ user, password }) {
  const client = new RingdownClient({ user, password, storage: sessionStorage });
  client.addEventListener('restored', ({ detail: { call } }) => {
    call.addEventListener('track', ({ detail }) => { document.querySelector('audio').srcObject = detail.stream; });
    call.rejoin().catch((error) => console.log(error.message, error.remedy));
  });
  await client.connect();
  return client;
}
