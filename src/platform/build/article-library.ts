/**
 * Defuddle as far as it is used: choosing what belongs to an article. Its package is one file with readers for single sites, which are
 * half of its bytes and may ask third parties, and with rewriting what was chosen, which is ours. Its parts are in the package as well, and
 * those two are left out. The version is pinned, and the size of what is injected is tested. Runs in Node, at build time.
 */
import { resolve } from 'node:path';

const nothing = resolve('src/platform/build/nothing-of-defuddle.ts');

/** Aliases, as they alone reach scripts that are injected: the plugin for extensions builds those by itself. */
export const articleLibrary = [
  { find: /^defuddle$/, replacement: resolve('src/platform/build/defuddle-core.ts') },
  { find: /^defuddle\/dist\/defuddle\.js$/, replacement: resolve('node_modules/defuddle/dist/defuddle.js') },
  { find: /^.*\/extractor-registry$/, replacement: nothing },
  { find: /^.*\/standardize$/, replacement: nothing },
];
