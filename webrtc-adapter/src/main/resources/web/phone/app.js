/** The page: signing in and out, coming back after a reload, and the phone behind it. */
import { RingdownClient } from '../client/ringdown.js';
import { $, announce, onClick, tell, tellError } from './dom.js';
import { listenForKeys } from './keyboard.js';
import { NotificationAsk } from './notification-ask.js';
import { Phone } from './phone.js';
import { recall, remember, tabStorage } from './storage.js';
import { Texts } from './texts.js';
import { useTheme } from './theme.js';

const USER = 'ringdown.user';
const PRESENCE = { connecting: 'Connecting', reconnecting: 'Reconnecting', offline: 'Offline' };

const phone = new Phone();
const texts = new Texts();
const ask = new NotificationAsk();
let client = null;
let user = '';

function showPresence(state) {
  $('presence').dataset.state = state;
  $('presence-text').textContent = state === 'online' ? user : PRESENCE[state];
  for (const id of ['call-button', 'video-button']) $(id).disabled = state !== 'online';
  phone.inspect.connection(state);
}

function connectionChanged({ state, error }) {
  showPresence(state);
  const lost = phone.lines.isEmpty ? 'Connection lost. Reconnecting…' : 'Connection lost. Reconnecting; your call is kept.';
  tell($('connection-strip'), state === 'reconnecting' ? lost : '');
  if (state === 'online') announce('Connected to the gateway');
  if (state === 'offline' && !$('desk').hidden) showSignIn(error);
}

function showSignIn(error) {
  $('desk').hidden = true;
  $('account').hidden = true;
  $('signin').hidden = false;
  tellError($('signin-error'), error?.code === 'closed' ? null : error);
  const field = $('by-token').hidden ? $($('user').value ? 'password' : 'user') : $('token');
  field.focus();
}

function showDesk(welcome) {
  user = welcome.user;
  $('signin').hidden = true;
  $('desk').hidden = false;
  $('account').hidden = false;
  $('password').value = '';
  $('token').value = '';
  ask.offer();
}

function newClient(credentials) {
  client = new RingdownClient({ ...credentials, device: 'web phone', storage: tabStorage() });
  client.addEventListener('connectionchange', (event) => connectionChanged(event.detail));
  client.addEventListener('message-log', (event) => phone.inspect.log(event.detail));
  client.addEventListener('welcome', (event) => showDesk(event.detail));
  phone.use(client);
  texts.use(client);
  return client;
}

function credentials() {
  if (!$('by-token').hidden) return { token: $('token').value.trim() };
  remember(USER, $('user').value.trim());
  return { user: $('user').value.trim(), password: $('password').value };
}

async function signIn(who) {
  phone.tones.unlock();
  tellError($('signin-error'), null);
  $('signin-button').disabled = true;
  try {
    await newClient(who).connect();
  } catch (error) {
    showSignIn(error);
    $('password').select();
  }
  $('signin-button').disabled = false;
}

function signInBy(token) {
  $('by-token').hidden = !token;
  $('by-password').hidden = token;
  $('user').required = !token;
  $('token').required = token;
  $('signin-way').textContent = token ? 'Sign in with a password instead' : 'Sign in with a token instead';
}

/** Another page may hand a token over in `#token=…`, which no server sees. */
function tokenOfAddress() {
  const token = new URLSearchParams(location.hash.slice(1)).get('token');
  if (token) history.replaceState(null, '', location.pathname + location.search);
  return token;
}

function begin() {
  const token = tokenOfAddress();
  if (token) {
    signInBy(true);
    return signIn({ token });
  }
  if (newClient({}).resumable) return client.connect().catch(() => showSignIn());
  return showSignIn();
}

onClick('sign-out', () => client.close());
onClick('open-settings', () => phone.openSettings());
onClick('signin-way', () => {
  signInBy($('by-token').hidden);
  showSignIn();
});
// A token has no lines of its own, so Enter means the same as in the other fields.
$('token').addEventListener('keydown', (event) => {
  if (event.key !== 'Enter') return;
  event.preventDefault();
  $('signin-form').requestSubmit();
});

$('signin-form').addEventListener('submit', (event) => {
  event.preventDefault();
  signIn(credentials());
});
document.querySelector('.hints').addEventListener('click', (event) => {
  const number = event.target.closest('button')?.dataset.call;
  if (number) phone.dial(number);
});
listenForKeys({
  typed: (digit) => !$('desk').hidden && phone.typed(digit),
  enter: () => !$('desk').hidden && phone.enter(),
  escape: () => !$('desk').hidden && phone.escape(),
});

useTheme();
$('insecure').hidden = Boolean(navigator.mediaDevices);
$('user').value = new URLSearchParams(location.search).get('user') ?? recall(USER) ?? '';
begin();
