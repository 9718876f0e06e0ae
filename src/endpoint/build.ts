/**
 * Bundles the endpoint into single files without dependencies: `node.js` for containers, `worker.js` for Workers and
 * `portable.js` for other platforms. `tsx src/endpoint/build.ts [folder]`; the folder is `dist/endpoint` if none is named.
 */
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const source = fileURLToPath(new URL('.', import.meta.url));

/** @returns nothing; rejects with the bundler's own message when the sources do not build. */
export async function buildEndpoint(folder: string): Promise<void> {
  for (const host of ['node', 'worker', 'portable']) {
    await build({
      configFile: false,
      root: source,
      logLevel: 'warn',
      publicDir: false,
      ssr: { noExternal: true, target: host === 'node' ? 'node' : 'webworker' },
      build: {
        ssr: resolve(source, `${host}.ts`),
        outDir: folder,
        emptyOutDir: false,
        target: 'es2023',
        minify: true,
        rolldownOptions: { output: { entryFileNames: `${host}.js`, codeSplitting: false } },
      },
    });
  }
}

const [, program, folder = 'dist/endpoint'] = process.argv;
if (program === fileURLToPath(import.meta.url)) await buildEndpoint(resolve(folder));
