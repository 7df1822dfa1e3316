// Serves this directory's modules to a browser, on a loopback address because those have a microphone.
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';

const PAGE = '<!doctype html><title>Measure</title><script type="module" src="/chromium-page.mjs"></script>';

export class PageServer {
  #server = createServer((request, response) => this.#serve(request.url, response));

  static async start() {
    const server = new PageServer();
    await new Promise((resolve) => server.#server.listen(0, '127.0.0.1', resolve));
    return server;
  }

  get origin() {
    return `http://127.0.0.1:${this.#server.address().port}`;
  }

  close() {
    this.#server.close();
    this.#server.closeAllConnections?.();
  }

  async #serve(url, response) {
    const module = /^\/([a-z-]+\.mjs)$/.exec(url)?.[1];
    try {
      const text = module ? await readFile(new URL(module, import.meta.url)) : PAGE;
      response.setHeader('Content-Type', module ? 'text/javascript' : 'text/html');
      response.end(text);
    } catch {
      response.writeHead(404).end();
    }
  }
}
