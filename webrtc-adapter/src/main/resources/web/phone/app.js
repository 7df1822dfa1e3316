/** The page: signing in and out, the state of the connection, and the phone behind it. */
import { RingdownClient } from '../client/ringdown.js';
import { $, announce, onClick, tell, tellError } from './dom.js';
import { listenForKeys } from './keyboard.js';
import { Phone } from './phone.js';
import { recall, remember } from './storage.js';

const USER = 'ringdown.user';
const PRESENCE = { connecting: 'Connecting', reconnecting: 'Reconnecting', offline: 'Offline' };

const phone = new Phone();
let client = null;

function showPresence(state) {
  $('presence').dataset.state = state;
  $('presence-text').textContent = state === 'online' ? $('user').value.trim() : PRESENCE[state];
  $('call-button').disabled = state !== 'online';
  phone.inspect.connection(state);
}

function connectionChanged({ state, error }) {
  showPresence(state);
  const lost = phone.current ? 'Connection lost. Reconnecting; your call is kept.' : 'Connection lost. Reconnecting…';
  tell($('connection-strip'), state === 'reconnecting' ? lost : '');
  if (state === 'online') announce('Connected to the gateway');
  if (state === 'offline' && !$('desk').hidden) showSignIn(error);
}

function showSignIn(error) {
  $('desk').hidden = true;
  $('account').hidden = true;
  $('signin').hidden = false;
  tellError($('signin-error'), error?.code === 'closed' ? null : error);
  $($('user').value ? 'password' : 'user').focus();
}

function showDesk(user) {
  $('signin').hidden = true;
  $('desk').hidden = false;
  $('account').hidden = false;
  $('password').value = '';
  phone.start(client, user);
}

async function signIn() {
  const user = $('user').value.trim();
  client = new RingdownClient({ user, password: $('password').value, device: 'web phone' });
  client.addEventListener('connectionchange', (event) => connectionChanged(event.detail));
  client.addEventListener('message-log', (event) => phone.inspect.log(event.detail));
  const welcome = await client.connect();
  remember(USER, user);
  showDesk(welcome.user);
}

async function submitted(event) {
  event.preventDefault();
  phone.tones.unlock();
  tellError($('signin-error'), null);
  $('signin-button').disabled = true;
  try {
    await signIn();
  } catch (error) {
    tellError($('signin-error'), error);
    $('password').select();
  }
  $('signin-button').disabled = false;
}

onClick('sign-out', () => client.close());
onClick('open-settings', () => phone.openSettings());
$('signin-form').addEventListener('submit', submitted);
document.querySelector('.hints').addEventListener('click', (event) => {
  const number = event.target.closest('button')?.dataset.call;
  if (number) phone.dial(number);
});
listenForKeys({
  typed: (digit) => !$('desk').hidden && phone.typed(digit),
  enter: () => !$('desk').hidden && phone.enter(),
  escape: () => !$('desk').hidden && phone.escape(),
});
window.addEventListener('beforeunload', (event) => { if (phone.current) event.preventDefault(); });
window.addEventListener('pagehide', () => client?.close());

$('insecure').hidden = Boolean(navigator.mediaDevices);
$('user').value = new URLSearchParams(location.search).get('user') ?? recall(USER) ?? '';
showSignIn();
