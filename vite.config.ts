/// <reference types="vitest/config" />
import { resolve } from 'node:path';
import { crx, type ManifestV3Export } from '@crxjs/vite-plugin';
import { defineConfig, loadEnv, type Plugin } from 'vite';
import manifest from './manifest.json' with { type: 'json' };
import pkg from './package.json' with { type: 'json' };
import { articleLibrary } from './src/platform/build/article-library.ts';
import { firstFrameChunks } from './src/platform/build/chunks.ts';
import { readBuildConfig, type Target } from './src/platform/build/config.ts';
import { noCopiesOfInjected, nothingForPages } from './src/platform/build/content-scripts.ts';
import { contentSecurityPolicy } from './src/platform/build/content-security-policy.ts';
import type { BuildConfig } from './src/ports.ts';

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
    define: {
      __BUILD_CONFIG__: JSON.stringify(config),
      __HOSTS__: JSON.stringify([config.notionApiUrl, config.tokenEndpointUrl]),
    },
    // Every browser that is supported has `browser` itself, which is then all that the polyfill hands on.
    resolve: {
      alias: [
        { find: 'webextension-polyfill', replacement: resolve('src/platform/build/native-browser.ts') },
        ...articleLibrary,
      ],
    },
    plugins: [
      crx({ manifest: manifestFor(mode, config, command === 'build'), browser: mode }),
      nothingForPages(),
      noCopiesOfInjected(),
      nothingAhead(),
    ],
    worker: { format: 'es', rollupOptions: { output: { entryFileNames: 'assets/[name].js' } } },
    build: {
      outDir: `${out}/${mode}`,
      emptyOutDir: true,
      modulePreload: false,
      // The policy has no `data:`: a picture within a style sheet is a file of its own.
      assetsInlineLimit: 0,
      target: mode === 'chrome' ? 'chrome148' : 'firefox140',
      rollupOptions: {
        // What no manifest names: it is opened by its address.
        input: { tabs: 'src/ui/tabs/index.html', import: 'src/ui/import/index.html' },
        output: {
          entryFileNames: scriptName,
          chunkFileNames: scriptName,
          assetFileNames: ({ originalFileNames: [from] }) =>
            `assets/${partOf(from ?? null) ?? '[name]'}[extname]`,
          codeSplitting: {
            groups: firstFrameChunks(),
          },
        },
      },
    },
  };
});

/** The part of the extension that begins in that module; there are several named `index.html` and `main.ts`. */
const partOf = (id: string | null): string | undefined =>
  /(\w+)\/(?:index\.(?:html|ts)|main\.ts)$/.exec(id ?? '')?.[1];

const scriptName = ({ facadeModuleId, name }: { facadeModuleId?: string | null; name: string }): string =>
  `assets/${partOf(facadeModuleId ?? null) ?? name}.js`;

/**
 * The manifest of one browser: the version from package.json, access to what is talked to, no foreign keys.
 * @param isShipped while developing, pages load from a local server, which the plugin lets them by a policy of its own
 */
function manifestFor(target: Target, config: BuildConfig, isShipped: boolean): ManifestV3Export {
  const { key, minimum_chrome_version, browser_specific_settings, optional_permissions, ...shared } =
    manifest;
  return {
    ...shared,
    version: pkg.version,
    // Firefox has no reading list, and warns of permissions that it does not know.
    optional_permissions: optional_permissions.filter((one) => target === 'chrome' || one !== 'readingList'),
    host_permissions: [...new Set([config.notionApiUrl, config.tokenEndpointUrl].map(matchPattern))],
    ...(isShipped ? { content_security_policy: { extension_pages: contentSecurityPolicy(config) } } : {}),
    ...(target === 'chrome' ? { key, minimum_chrome_version } : { browser_specific_settings }),
  } as ManifestV3Export;
}

/** Match patterns carry no port in Firefox, so none is given. */
const matchPattern = (url: string): string => `${new URL(url).protocol}//${new URL(url).hostname}/*`;

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
        // Hours of trouble, `npm run soak:browser`.
        exclude: process.env.SOAK ? [] : ['test/browser/soak.test.ts'],
        // Each file has browsers, a screen and a network of its own, and mostly waits: for windows, for Notion, for time to pass.
        maxWorkers: 3,
        sequence: { groupOrder: 2 },
        testTimeout: 240_000,
        hookTimeout: 180_000,
        // What is polled for comes later on a busy machine; how soon is no question of a test.
        expect: { poll: { timeout: 15_000 } },
        globalSetup: ['test/browser/setup.ts'],
      },
    },
  ],
};
