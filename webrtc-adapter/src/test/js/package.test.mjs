import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const client = here('../../main/resources/web/client');
const tools = here('../../../../gateway/src/test/browser/node_modules/.bin');
const without = existsSync(join(tools, 'tsc')) ? false : 'npm install in gateway/src/test/browser comes first';
const run = (command, args, cwd) => execFileSync(command, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

describe('the package ringdown-client', () => {
  let home;
  before(() => {
    home = mkdtempSync(join(tmpdir(), 'ringdown-client-'));
    const packed = run('npm', ['pack', '--silent', '--pack-destination', home], client).trim();
    writeFileSync(join(home, 'package.json'), '{ "private": true, "type": "module" }');
    run('npm', ['install', '--offline', '--no-audit', '--no-fund', '--ignore-scripts', `./${packed}`], home);
  });
  after(() => rmSync(home, { recursive: true, force: true }));

  test('is installed and imported by its name, and leaves nothing global', () => {
    const script = `
      const before = Object.keys(globalThis);
      const { RingdownClient, Call, RingdownError } = await import('ringdown-client');
      const client = new RingdownClient({ url: 'wss://gateway.example.com/ws', token: 't' });
      console.log(JSON.stringify([client.state, client.calls.size, typeof Call, new RingdownError({ code: 'x', message: 'y' }).code,
        Object.keys(globalThis).length - before.length]));`;
    assert.deepEqual(JSON.parse(run('node', ['--input-type=module', '-e', script], home)), ['offline', 0, 'function', 'x', 0]);
  });

  test('holds what its exports name, a README and the examples, and nothing else', () => {
    const dir = join(home, 'node_modules/ringdown-client');
    const { exports, dependencies } = JSON.parse(readFileSync(join(dir, 'package.json')));
    const named = Object.values(exports).flatMap((target) => (typeof target === 'string' ? target : Object.values(target)));
    for (const file of [...named, 'README.md', 'examples/call.js']) assert.ok(existsSync(join(dir, file)), file);
    assert.equal(dependencies, undefined);
    assert.deepEqual(readdirSync(dir, { recursive: true }).filter((name) => !/\.(js|ts|md|json|html)$|^examples$/.test(name)), []);
  });

  test('has types that hold for strict users', { skip: without }, () => {
    writeFileSync(join(home, 'strict.ts'), readFileSync(here('strict.ts')));
    run(join(tools, 'tsc'), ['--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2022', 'strict.ts'], home);
  });

  test('has examples that fit its types, of at most 15 lines each', { skip: without }, () => {
    const examples = readdirSync(join(client, 'examples')).filter((name) => name.endsWith('.js'));
    for (const name of examples) {
      const lines = readFileSync(join(client, 'examples', name), 'utf8').trimEnd().split('\n').length;
      assert.ok(lines <= 15, `${name} has ${lines} lines`);
    }
    run(join(tools, 'tsc'), ['--noEmit', '--allowJs', '--checkJs', '--module', 'esnext', '--moduleResolution', 'bundler',
      '--target', 'es2022', ...examples.map((name) => join(client, 'examples', name))], home);
  });

  test('is under 10,000 bytes, minified and gzipped, until a page asks for a preflight', { skip: without }, (t) => {
    const out = join(home, 'bundle');
    run(join(tools, 'esbuild'), ['--bundle', '--minify', '--format=esm', '--splitting', `--outdir=${out}`, join(client, 'ringdown.js')], home);
    const sizes = readdirSync(out).map((name) => [name, gzipSync(readFileSync(join(out, name)), { level: 9 }).length]);
    t.diagnostic(sizes.map(([name, bytes]) => `${name} ${bytes}`).join(', '));
    const atOnce = sizes.filter(([name]) => !name.startsWith('preflight')).reduce((sum, [, bytes]) => sum + bytes, 0);
    assert.equal(sizes.length, 2, 'one module at once and one later');
    assert.ok(atOnce < 10_000, `${atOnce} bytes`);
  });
});
