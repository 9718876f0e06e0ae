/** The scripts that are injected into pages, each built to one classic script as in the extension. */
import { fileURLToPath } from 'node:url';
import { build, type Rolldown } from 'vite';
import { articleLibrary } from '../../../src/platform/build/article-library.ts';

const content = new URL('../../../src/content/', import.meta.url);

/** @param name of the file in `src/content`, without its ending */
export async function injectedScript(name: 'read-page' | 'read-content' | 'toast'): Promise<string> {
  const built = (await build({
    configFile: false,
    logLevel: 'silent',
    resolve: { alias: articleLibrary },
    build: {
      write: false,
      minify: false,
      target: 'chrome121',
      rollupOptions: {
        input: fileURLToPath(new URL(`${name}.iife.ts`, content)),
        output: { format: 'iife' },
      },
    },
  })) as Rolldown.RolldownOutput;
  return built.output[0].code;
}
