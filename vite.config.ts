/// <reference types="vitest/config" />
import { resolve } from 'node:path';
import { crx, type ManifestV3Export } from '@crxjs/vite-plugin';
import { defineConfig, loadEnv, type Plugin } from 'vite';
import manifest from './manifest.json' with { type: 'json' };
import pkg from './package.json' with { type: 'json' };
import { readBuildConfig, type Target } from './src/platform/build/config.ts';

/**
 * `vite build --mode chrome` and `--mode firefox` make `dist/chrome` and `dist/firefox` from one manifest.
 * Output names carry no hash: the same source gives the same bytes in whatever folder it is built.
 */
export default defineConfig(({ mode, command }) => {
  if (process.env.VITEST) return { test };
  if (mode !== 'chrome' && mode !== 'firefox') {
    throw new Error(`Say which browser to build for: --mode chrome or --mode firefox (not "${mode}").`);
  }
  const config = readBuildConfig(loadEnv(mode, process.cwd(), ''), command === 'build');
  const out = process.env.ROWMARK_OUT_DIR ?? 'dist';
  return {
    define: { __BUILD_CONFIG__: JSON.stringify(config) },
    // Every browser that is supported has `browser` itself, which is then all that the polyfill hands on.
    resolve: { alias: { 'webextension-polyfill': resolve('src/platform/build/native-browser.ts') } },
    plugins: [crx({ manifest: manifestFor(mode, config), browser: mode }), nothingForPages(), nothingAhead()],
    build: {
      outDir: `${out}/${mode}`,
      emptyOutDir: true,
      modulePreload: false,
      target: mode === 'chrome' ? 'chrome148' : 'firefox140',
      rollupOptions: {
        input: {},
        output: {
          entryFileNames: 'assets/[name].js',
          chunkFileNames: 'assets/[name].js',
          assetFileNames: 'assets/[name][extname]',
          codeSplitting: {
            groups: [{ name: 'stored', test: (id) => SHARED.test(id) && !LATER.test(id), minShareCount: 2 }],
          },
        },
      },
    },
  };
});

/** What every page needs before its first frame, in one file. */
const SHARED = /src\/(core|protocol|platform)\/|zod/;
/** What the popup needs only after that. */
const LATER =
  /src\/core\/(meaning|line\/\w+|notion\/(choice|encode|find-entries|form|labels|mapping|rich-text)|capture\/(address-key|canonical|clean-address|fields|host|known-sites|published|starts|tab-title|text-fragment|tracking-rules)|save\/undoable|text\/visible|settings\/preset-sites|tags\/(complete|forms|near|option-name|typos|usage))\.ts|src\/platform\/identity\.ts/;

/** The manifest of one browser: the version from package.json, access to what is talked to, no foreign keys. */
function manifestFor(target: Target, config: ReturnType<typeof readBuildConfig>): ManifestV3Export {
  const { key, minimum_chrome_version, browser_specific_settings, ...shared } = manifest;
  return {
    ...shared,
    version: pkg.version,
    host_permissions: [...new Set([config.notionApiUrl, config.tokenEndpointUrl].map(matchPattern))],
    ...(target === 'chrome' ? { key, minimum_chrome_version } : { browser_specific_settings }),
  } as ManifestV3Export;
}

/** Match patterns carry no port in Firefox, so none is given. */
const matchPattern = (url: string): string => `${new URL(url).protocol}//${new URL(url).hostname}/*`;

/**
 * Scripts are injected by the extension itself on a gesture, so no page needs to be able to load any file of it;
 * one that could would also be able to tell that the extension is installed. The plugin lists injected scripts as
 * web-accessible and leaves an unused module copy of each beside the self-contained one; both are taken out again.
 */
function nothingForPages(): Plugin {
  return {
    name: 'rowmark:nothing-for-pages',
    apply: 'build',
    enforce: 'post',
    renderCrxManifest(manifest: { web_accessible_resources?: unknown }) {
      delete manifest.web_accessible_resources;
      return manifest;
    },
  } as Plugin;
}

/**
 * Everything is on this device: nothing is gained by loading ahead of a dynamic import, and what Vite does for it would be a
 * fortieth of the popup's code.
 */
function nothingAhead(): Plugin {
  return {
    name: 'rowmark:nothing-ahead',
    apply: 'build',
    enforce: 'pre',
    load: (id) =>
      id === '\0vite/preload-helper.js' ? 'export const __vitePreload = (load) => load();' : undefined,
  };
}

const test = {
  reporters: ['default', './test/reporter.ts'],
  projects: [
    {
      test: {
        name: 'node',
        include: ['test/unit/**/*.test.{ts,tsx}', 'test/integration/**/*.test.ts'],
        testTimeout: 60_000,
        // One worker for each processor: nobody else is at work.
        maxWorkers: '100%',
        sequence: { groupOrder: 1 },
      },
    },
    {
      test: {
        name: 'browser',
        include: ['test/browser/**/*.test.{ts,tsx}'],
        // Pictures of every state of the pages, `npm run test:states`; and hours of trouble, `npm run soak:browser`.
        exclude: [
          ...(process.env.STATES ? [] : ['test/browser/ui/states.test.ts']),
          ...(process.env.SOAK ? [] : ['test/browser/soak.test.ts']),
        ],
        fileParallelism: false,
        sequence: { groupOrder: 2 },
        testTimeout: 240_000,
        hookTimeout: 180_000,
        globalSetup: ['test/browser/setup.ts'],
      },
    },
  ],
};
