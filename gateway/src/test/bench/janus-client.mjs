// A signed-in page of Janus' SIP plugin, with the methods of RingdownClient. One call at a time.
// Runs in node and in browsers alike, hence the class WebSocket is handed in.

const KEEPALIVE_MS = 25_000; // Janus ends a session after 60 s of silence

export class JanusClient {
  #socket;
  #requests = 0;
  #waiting = new Map();
  #session;
  #handle;
  #registered;
  onincoming = () => {};
  onanswer = () => {};
  onended = () => {};
  oncandidate = () => {};

  /** `registrar` is the port of the SIP registrar with which Janus registers the user. */
  static async signIn(WebSocket, { url, user, password, registrar }) {
    const client = new JanusClient();
    await client.#connect(new WebSocket(url, 'janus-protocol'));
    await client.#register(user, password, `127.0.0.1:${registrar}`);
    return client;
  }

  answer(call, sdp) {
    this.#message({ request: 'accept' }, { type: 'answer', sdp });
  }

  /** Calls a SIP URI. */
  call(to, sdp) {
    this.#message({ request: 'call', uri: to }, { type: 'offer', sdp });
    return 'call';
  }

  candidate(call, candidate) {
    this.#request({ janus: 'trickle', candidate: candidate ?? { completed: true } });
  }

  hangUp() {
    this.#message({ request: 'hangup' });
  }

  close() {
    clearInterval(this.keepalive);
    this.#socket.close();
  }

  async #connect(socket) {
    this.#socket = socket;
    socket.onmessage = (event) => this.#receive(JSON.parse(event.data), performance.now());
    await new Promise((resolve, reject) => {
      socket.onopen = resolve;
      socket.onerror = () => reject(new Error('no WebSocket'));
    });
    this.#session = (await this.#asked({ janus: 'create' })).data.id;
    this.#handle = (await this.#asked({ janus: 'attach', plugin: 'janus.plugin.sip' })).data.id;
    this.keepalive = setInterval(() => this.#request({ janus: 'keepalive' }), KEEPALIVE_MS);
  }

  #register(user, secret, registrar) {
    return new Promise((resolve, reject) => {
      this.#registered = { resolve, reject };
      const username = `sip:${user}@${registrar}`;
      this.#message({ request: 'register', username, secret, proxy: `sip:${registrar}` });
    });
  }

  #asked(request) {
    return new Promise((resolve) => this.#waiting.set(this.#request(request), resolve));
  }

  #message(body, jsep) {
    this.#request({ janus: 'message', body, jsep });
  }

  #request(request) {
    const transaction = `r${++this.#requests}`;
    const ids = { session_id: this.#session, handle_id: this.#handle };
    this.#socket.send(JSON.stringify({ ...request, ...ids, transaction }));
    return transaction;
  }

  #receive(message, arrival) {
    if (message.janus === 'success') this.#waiting.get(message.transaction)?.(message);
    if (message.janus === 'trickle') this.#trickled(message.candidate);
    if (message.janus === 'event') this.#event(message.plugindata.data, message.jsep, arrival);
  }

  #trickled(candidate) {
    if (candidate?.candidate) this.oncandidate('call', candidate);
  }

  #event({ result, error }, jsep, arrival) {
    const event = result?.event;
    if (event === 'registered') this.#registered.resolve();
    else if (event === 'registration_failed') this.#registered.reject(new Error('not registered'));
    else if (event === 'incomingcall') this.onincoming('call', jsep.sdp, arrival);
    else if (event === 'hangup') this.onended('call', result);
    else if (jsep?.type === 'answer') this.onanswer('call', jsep.sdp);
    else if (error) this.onerror?.({ message: error });
  }
}
