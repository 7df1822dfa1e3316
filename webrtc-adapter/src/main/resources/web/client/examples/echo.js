import { RingdownClient } from '../ringdown.js';

const [form, state, sound] = ['sign-in', 'state', 'sound'].map((id) => document.getElementById(id));

form.addEventListener('submit', async (event) => {
  event.preventDefault();
  const client = new RingdownClient(Object.fromEntries(new FormData(form)));
  await client.connect().catch((error) => { state.textContent = error.message; throw error; });
  const call = client.call('9196');
  call.addEventListener('track', (e) => { sound.srcObject = e.detail.stream; });
  call.addEventListener('statechange', (e) => { state.textContent = e.detail.state; });
  call.addEventListener('ended', (e) => { state.textContent = e.detail.text; client.close(); });
});
