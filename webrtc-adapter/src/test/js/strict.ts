// What a strict TypeScript user writes; package.test.mjs has the compiler read it.
import { Call, RingdownClient, RingdownError, type CallStats, type ReasonCode } from 'ringdown-client';
import 'ringdown-client/call-button';

const client = new RingdownClient({
  url: 'wss://gateway.example.com/ws',
  token: async () => 'eyJ',
  storage: sessionStorage,
});

client.addEventListener('incoming', async ({ detail: { call } }) => {
  const name: string = call.remote.display || call.remote.uri;
  if (call.offersVideo) await call.answer({ video: true });
  else await call.decline('busy');
  console.log(name);
});
client.addEventListener('restored', ({ detail }) => detail.call.rejoin({ audio: 'recvonly' }));
client.addEventListener('connectionchange', ({ detail: { state, error } }) => {
  const known: 'connecting' | 'online' | 'reconnecting' | 'offline' = state;
  console.log(known, error?.remedy);
});

async function talk(): Promise<CallStats> {
  const { resumed } = await client.connect();
  const first: Call = client.call('1001', { headers: { 'X-Order': '17' } });
  const second = client.call('1002');
  first.addEventListener('ended', ({ detail }) => {
    const code: ReasonCode = detail.code;
    const sip: number | null = detail.sip;
    console.log(code, sip, resumed);
  });
  first.addEventListener('transfer', ({ detail }) => console.log(detail.status, detail.remote.uri));
  await first.answered;
  await first.hold();
  await first.transferTo(second);
  return second.stats();
}

talk().catch((error: unknown) => {
  if (error instanceof RingdownError) console.log(error.code, error.remedy, error.field);
});

const button = document.createElement('ringdown-call');
button.call().then(() => console.log(button.state === 'in-call'));

// @ts-expect-error: there is no such event detail
client.addEventListener('incoming', ({ detail }) => detail.nothing);
// @ts-expect-error: what a page may not make by itself
new Call();
