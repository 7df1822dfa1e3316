// Drives real browsers for the end-to-end tests. Reads one JSON request per line from standard
// input, writes one JSON reply per line to standard output:
//   {"id":1,"cmd":"open","browser":"chromium","url":"http://..."}  ->  {"id":1,"value":"p1"}
// A request that fails is answered with {"id":1,"error":"..."}. What pages print or throw comes as
// {"event":"console"|"pageerror","page":"p1","text":"..."}. At the end of input every browser ends.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';
import { launchChromium, launchFirefox } from './browsers.mjs';

const launchers = { chromium: launchChromium, firefox: launchFirefox };
const browsers = new Map();
const pages = new Map();
let opened = 0;
let axeSource = null;
const TAB_PATIENCE_MS = 8000;

const say = (message) => process.stdout.write(JSON.stringify(message) + '\n');

async function launch({ browser, kind, ...settings }) {
  browsers.set(browser, await launchers[kind](settings));
  return await browsers.get(browser).version();
}

async function open(request) {
  const name = await openTab(request);
  if (await answers(pages.get(name))) return name;
  // Seen once: all had been loaded, and the tab did nothing more. A page at fault is so twice.
  console.error(`${name} does not answer after loading ${request.url}: another tab takes its place`);
  close({ page: name }).catch((e) => console.error(`${name} does not close: ${e}`));
  return await openTab(request);
}

async function openTab({ browser, url, width = 1280, height = 800 }) {
  const page = await browsers.get(browser).newPage();
  const name = `p${++opened}`;
  pages.set(name, page);
  page.on('console', (m) => say({ event: 'console', page: name, text: `${m.type()}: ${m.text()}` }));
  page.on('pageerror', (e) => say({ event: 'pageerror', page: name, text: String(e?.stack ?? e) }));
  page.on('error', (e) => console.error(`${name} is dead: ${e}`));
  await page.setViewport({ width, height });
  await page.goto(url, { waitUntil: 'load' });
  return name;
}

function answers(page) {
  const silence = new Promise((done) => setTimeout(done, TAB_PATIENCE_MS, false));
  return Promise.race([page.evaluate(() => true).catch(() => false), silence]);
}

// The body becomes the inside of an async function with one parameter, `args`. Node makes the
// function and hands over its source, so that a page's content security policy is not in the way.
async function evaluate({ page, body, args = {} }) {
  const AsyncFunction = (async () => {}).constructor;
  return (await pages.get(page).evaluate(new AsyncFunction('args', body), args)) ?? null;
}

async function press({ page, keys }) {
  for (const key of keys) await pages.get(page).keyboard.press(key);
}

async function type({ page, text }) {
  await pages.get(page).keyboard.type(text);
}

async function screenshot({ page, path }) {
  const isChromium = !/firefox/i.test(await pages.get(page).browser().version());
  await pages.get(page).screenshot({ path, ...(isChromium && { optimizeForSpeed: true }) });
}

async function reload({ page }) {
  await pages.get(page).reload({ waitUntil: 'load' });
}

// As seen on another screen: its size, light or dark; nothing is still moving.
async function look({ page, width, height, scheme }) {
  await pages.get(page).setViewport({ width, height });
  await pages.get(page).emulateMediaFeatures([
    { name: 'prefers-color-scheme', value: scheme },
    { name: 'prefers-reduced-motion', value: 'reduce' },
  ]);
}

// What the browser lets pages of this origin do without asking, such as "notifications".
async function permit({ page, permissions }) {
  const { origin } = new URL(pages.get(page).url());
  await pages.get(page).browserContext().overridePermissions(origin, permissions);
}

// What axe finds wrong with the page for people with disabilities, as far as it is serious.
async function axe({ page }) {
  axeSource ??= await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  await pages.get(page).evaluate(axeSource);
  const { violations } = await pages.get(page).evaluate(() => window.axe.run({ resultTypes: ['violations'] }));
  return violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(' ')}`);
}

async function close({ page }) {
  await pages.get(page).close();
  pages.delete(page);
}

async function quit() {
  await Promise.allSettled([...browsers.values()].map((browser) => browser.close()));
  browsers.clear();
}

const commands = { launch, open, evaluate, press, type, screenshot, reload, look, permit, axe, close };

async function serve(line) {
  const { id, cmd, ...request } = JSON.parse(line);
  try {
    say({ id, value: (await commands[cmd](request)) ?? null });
  } catch (e) {
    say({ id, error: String(e?.stack ?? e) });
  }
}

const input = createInterface({ input: process.stdin });
input.on('line', serve);
input.on('close', () => quit().finally(() => process.exit(0)));
