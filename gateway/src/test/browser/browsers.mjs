// How the two browsers are started so that they call without a person, a microphone or a screen.
import puppeteer from 'puppeteer-core';

/** Chromium; its microphone is the WAV file at `microphone`, and pages of `origin` may use it by plain HTTP. */
export function launchChromium({ microphone, profile, origin }) {
  return puppeteer.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    headless: true,
    userDataDir: profile,
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-dev-shm-usage',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--mute-audio',
      '--use-fake-device-for-media-stream',
      '--use-fake-ui-for-media-stream',
      `--use-file-for-fake-audio-capture=${microphone}`,
      '--allow-loopback-in-peer-connection',
      '--autoplay-policy=no-user-gesture-required',
      ...(origin ? [`--unsafely-treat-insecure-origin-as-secure=${origin}`] : []),
    ],
  });
}

/**
 * Firefox over WebDriver BiDi; its microphone is a sine of `frequencyHz`. Without a sound server
 * its AudioContext never runs, hence `env` with PULSE_SERVER and a HOME of its own.
 */
export function launchFirefox({ frequencyHz, profile, env }) {
  return puppeteer.launch({
    browser: 'firefox',
    executablePath: process.env.FIREFOX ?? '/usr/bin/firefox-esr',
    headless: true,
    userDataDir: profile,
    env: { ...process.env, ...env },
    extraPrefsFirefox: {
      'app.update.disabledForTesting': true,
      'media.autoplay.blocking_policy': 0,
      'media.autoplay.default': 0,
      'media.devices.insecure.enabled': true,
      'media.getusermedia.insecure.enabled': true,
      'media.navigator.audio.fake_frequency': frequencyHz,
      'media.navigator.permission.disabled': true,
      'media.navigator.streams.fake': true,
      'media.peerconnection.ice.default_address_only': false,
      'media.peerconnection.ice.loopback': true,
      'media.peerconnection.ice.obfuscate_host_addresses': false,
      'network.connectivity-service.enabled': false,
      'network.manage-offline-status': false,
    },
  });
}
