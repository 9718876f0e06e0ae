/**
 * The notice of what the extension has taken from others. Written anew by `npm run licences`; a test compares. Runs in Node.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';

/** Not in the extension: what the token-exchange endpoint and the sandbox run with, and what the build puts a browser's own in place of. */
const NOT_BUNDLED = ['@hono/node-server', 'hono', 'webextension-polyfill'];

/** The licence's own text where a package only names it: section 4 of Apache-2.0 wants a copy handed on. */
const FULL_TEXT: Record<string, string> = { 'Apache-2.0': 'node_modules/typescript/LICENSE' };

const NOTICE = 'public/licences.txt';

/** Name, version, licence and its text of each package that is in the extension. */
export function licences(): string {
  const pkg = JSON.parse(readFileSync('package.json', 'utf8')) as { dependencies: Record<string, string> };
  const bundled = Object.keys(pkg.dependencies).filter((name) => !NOT_BUNDLED.includes(name));
  const packages = bundled.map((name) => {
    const folder = resolve('node_modules', name);
    const { version, license } = JSON.parse(readFileSync(resolve(folder, 'package.json'), 'utf8'));
    const files = readdirSync(folder).filter((file) => /^(?:licen[cs]e|notice)(?:\.\w+)?$/i.test(file));
    if (files.length === 0) throw new Error(`${name} has no licence that could be handed on.`);
    const own = files.sort().map((file) => readFileSync(resolve(folder, file), 'utf8').trim());
    return {
      name,
      license: license as string,
      text: `${name} ${version} (${license})\n\n${own.join('\n\n')}\n`,
    };
  });
  const full = Object.entries(FULL_TEXT)
    .filter(([licence]) => packages.some(({ license }) => license === licence))
    .map(([licence, file]) => `The text of ${licence}\n\n${readFileSync(file, 'utf8').trim()}\n`);
  return [...packages.map(({ text }) => text), ...full].join(`\n${'-'.repeat(80)}\n\n`);
}

if (process.argv[1]?.endsWith('licences.ts')) writeFileSync(NOTICE, licences());
