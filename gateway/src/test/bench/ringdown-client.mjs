// A signed-in page of Ringdown, of the protocol in webrtc-adapter/PROTOCOL.md as much as calls need.
// Runs in node and in browsers alike, hence the class WebSocket is handed in.

const SUBPROTOCOL = 'ringdown.v1';

export class RingdownClient {
  #socket;
  #requests = 0;
  #seen = 0;
  #waiting = new Map();
  /** Is told (call, SDP offer, arrival) of a call that comes in; the arrival as performance.now() has it. */
  onincoming = () => {};
  /** Is told (call, SDP answer). */
  onanswer = () => {};
  /** Is told (call). */
  onended = () => {};
  /** Is told (call, candidate); this gateway's candidates all stand in its SDP. */
  oncandidate = () => {};

  static async signIn(WebSocket, { url, user, password }) {
    const client = new RingdownClient();
    await client.#connect(new WebSocket(url, SUBPROTOCOL), user, password);
    return client;
  }

  answer(call, sdp) {
    this.#request({ type: 'answer', call, sdp });
  }

  call(to, sdp) {
    const call = `c${this.#requests}`;
    this.#request({ type: 'call', call, to, sdp });
    return call;
  }

  candidate(call, candidate) {
    this.#request({ type: 'candidate', call, candidate });
  }

  hangUp(call) {
    this.#request({ type: 'hangup', call });
  }

  close() {
    this.#socket.close();
  }

  #connect(socket, user, password) {
    this.#socket = socket;
    return new Promise((resolve, reject) => {
      this.#waiting.set('welcome', resolve);
      socket.onerror = () => reject(new Error('no WebSocket'));
      socket.onclose = () => reject(new Error(`${user} was not let in`));
      socket.onopen = () => this.#request({ type: 'hello', user, password });
      socket.onmessage = (event) => this.#receive(event.data, performance.now());
    });
  }

  #request(request) {
    this.#socket.send(JSON.stringify({ ...request, id: `r${++this.#requests}`, ack: this.#seen }));
  }

  #receive(text, arrival) {
    const message = JSON.parse(text);
    if (message.seq) this.#seen = message.seq;
    if (message.type === 'welcome') this.#waiting.get('welcome')();
    else if (message.type === 'incoming') this.onincoming(message.call, message.sdp, arrival);
    else if (message.type === 'answer') this.onanswer(message.call, message.sdp);
    else if (message.type === 'hangup') this.onended(message.call, message.reason);
    else if (message.type === 'error' && message.code !== 'unknown-call') this.onerror?.(message);
  }
}
