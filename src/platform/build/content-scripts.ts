/** What the build plugin for extensions makes of scripts that are injected, put right. Runs in Node, at build time. */
import type { Plugin } from 'vite';

/** The name of a script that runs in web pages, which the plugin builds for itself into one file of its own. */
const INJECTED = /\.iife\.ts$/;

/**
 * Scripts are injected by the extension itself on a gesture, so no page needs to be able to load any file of it; one that
 * could would also be able to tell that the extension is installed. The plugin lists injected scripts as web-accessible.
 */
export function nothingForPages(): Plugin {
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
 * The plugin needs each injected script as an entry of the main build too, and ships that copy, which nothing loads. An empty
 * one stands in for it and is dropped at the end, so neither the copy ships nor anything that only the copy uses.
 */
export function noCopiesOfInjected(): Plugin[] {
  return [
    {
      name: 'rowmark:nothing-in-copies',
      apply: 'build',
      enforce: 'pre',
      load: (id) => (INJECTED.test(id) ? 'export {};' : undefined),
    },
    {
      name: 'rowmark:no-copies',
      apply: 'build',
      enforce: 'post',
      generateBundle: {
        order: 'post',
        handler(_, bundle) {
          for (const [name, output] of Object.entries(bundle)) {
            if (output.type === 'chunk' && INJECTED.test(output.facadeModuleId ?? '')) delete bundle[name];
          }
        },
      },
    },
  ];
}
