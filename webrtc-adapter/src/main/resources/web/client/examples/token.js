// Signs in with tokens of one's own service, which knows who the visitor is.
import { RingdownClient } from '../ringdown.js';

export default async function token({ url }) {
  const client = new RingdownClient({
    async token() {
      const response = await fetch(url);
      if (!response.ok) throw new Error(`${url} answered ${response.status}`);
      return (await response.json()).token;
    },
  });
  await client.connect();
  return client;
}
