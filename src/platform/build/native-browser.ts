/**
 * Stands in for `webextension-polyfill` in the built extension. Firefox has always had `browser`, Chromium has it
 * since 148 (the least version in the manifest), and on both the polyfill does no more than hand it on.
 */
import type { Browser } from 'webextension-polyfill';

export default (globalThis as unknown as { browser: Browser }).browser;
