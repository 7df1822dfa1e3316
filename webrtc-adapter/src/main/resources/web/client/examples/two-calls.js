// Asks a second person while the first one waits, then joins the two.
import { RingdownClient } from '../ringdown.js';

export default async function twoCalls({ user, password, first, second }) {
  const client = new RingdownClient({ user, password });
  await client.connect();
  const customer = client.call(first);
  await customer.answered;
  await customer.hold();
  const colleague = client.call(second);
  await colleague.answered;
  await customer.transferTo(colleague);
  return client;
}
