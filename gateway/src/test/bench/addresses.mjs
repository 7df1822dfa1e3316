// Where media flow: Janus' ICE leaves loopback out wherever there is another interface, so all
// pages and both gateways use the first address that is not loopback, if there is one.
import { createServer } from 'node:net';
import { networkInterfaces } from 'node:os';

const addresses = Object.values(networkInterfaces()).flat();
const outer = addresses.find(({ family, internal }) => family === 'IPv4' && !internal);

export const SIGNALLING_ADDRESS = '127.0.0.1';
export const MEDIA_ADDRESS = outer?.address ?? SIGNALLING_ADDRESS;

/** A port of this machine that nobody has for TCP, and very likely nobody for UDP. */
export function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer().on('error', reject);
    server.listen(0, SIGNALLING_ADDRESS, () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
