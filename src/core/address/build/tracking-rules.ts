/**
 * Writes `../tracking-rules.ts` from the rule list of the npm package tidy-url, and its licence to `public/`, because a
 * bundle has no comments:
 *
 *     npm pack tidy-url && tar xzf tidy-url-*.tgz
 *     npx tsx src/core/address/build/tracking-rules.ts package
 *     npx biome check --write src/core/address/tracking-rules.ts
 *
 * Only names of parameters are taken: no redirects are followed and no paths rewritten. It fails on a host pattern that
 * it cannot write as a host, and on a reviewed exception that no longer exists.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { ADDED_EVERYWHERE, ADDED_PREFIXES, ADDED_SITES, LEFT_OUT } from './reviewed.ts';

type Rule = { name: string; match: RegExp; match_href?: boolean; rules?: string[] };

/** `=x.org` for a host with `www.` or without, `x.org` for it and all below; `.*` for any top-level domain. */
function hostsOf({ name, match }: Rule): string[] {
  const source = match.source;
  const bare = source
    .replace(/^\^/, '')
    .replace('(?:https?:\\/\\/)?', '')
    .replace(/^(?:\(\?:\[\^\.\]\+\\\.\)\?|\(\?:\.\*\\\.\)\?|\(\?:\.\*\\\.\|\)|\.\*\\?\.)/, '')
    .replace(/\\?\.(?:\[a-z0-9\]\{0,3\}|\(\?:\[a-z\]\{2,\}\)\{1,\}|\.\*)$/, '.*')
    .replace(/\\\./g, '.');
  const alternatives = /^(.*)\(([^)]*)\)(.*)$/.exec(bare);
  const written = alternatives
    ? (alternatives[2] ?? '').split('|').map((one) => `${alternatives[1]}${one}${alternatives[3]}`)
    : [bare];
  const isOne = source.startsWith('www') || /^\^(?![.(])/.test(source);
  return written.map((host) => {
    if (!/^[a-z0-9.-]+(?:\.\*)?$/.test(host)) throw new Error(`${name}: ${source} is not a host`);
    return `${isOne || host.startsWith('www.') ? '=' : ''}${host.replace(/^www\./, '')}`;
  });
}

function taken({ name, rules = [] }: Rule): string[] {
  const left = LEFT_OUT[name === 'Global' ? '*' : name] ?? [];
  return left.includes('*')
    ? []
    : rules.map((one) => one.trim()).filter((one) => /^[\w$-]+$/.test(one) && !left.includes(one));
}

const folder = resolve(process.argv[2] ?? 'package');
const { version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
if (license !== 'MIT') throw new Error(`The list is under ${license} now: read that first.`);
const licence = readFileSync(join(folder, 'LICENSE'), 'utf8').replaceAll('\r', '');
if (!/^Copyright/m.test(licence)) throw new Error('LICENSE names no holder.');
const rules: Rule[] = createRequire(import.meta.url)(join(folder, 'data/rules.js'));

for (const name of Object.keys(LEFT_OUT))
  if (name !== '*' && !rules.some((rule) => rule.name === name)) throw new Error(`No rule ${name} any more.`);

const sites = new Map<string, Set<string>>();
const add = (host: string, names: string[]) => {
  if (names.length > 0) sites.set(host, new Set([...(sites.get(host) ?? []), ...names]));
};
for (const rule of rules) {
  const names = taken(rule);
  if (rule.name !== 'Global' && !rule.match_href && names.length > 0)
    for (const host of hostsOf(rule)) add(host, names);
}
for (const [host, names] of Object.entries(ADDED_SITES)) add(host, names);

const everywhere = new Set(
  [...rules.filter(({ name }) => name === 'Global').flatMap(taken), ...Object.values(ADDED_EVERYWHERE).flat()]
    .map((name) => name.toLowerCase())
    .filter((name) => !ADDED_PREFIXES.some((prefix) => name.startsWith(prefix))),
);
const known = (name: string) =>
  everywhere.has(name.toLowerCase()) ||
  ADDED_PREFIXES.some((prefix) => name.toLowerCase().startsWith(prefix));

const line = (names: Iterable<string>) => [...names].sort().join(' ');
const written = [...sites]
  .map(([host, names]) => [host, [...names].filter((name) => !known(name))] as const)
  .filter(([, names]) => names.length > 0)
  .sort(([a], [b]) => (a < b ? -1 : 1))
  .map(([host, names]) => `  '${host}': '${line(names)}',`);

writeFileSync(
  new URL('../tracking-rules.ts', import.meta.url),
  `/*!
 * Names of tracking parameters, from tidy-url ${version} (https://github.com/DrKain/tidy-url), with this project's own
 * additions and exceptions (build/reviewed.ts). Written by build/tracking-rules.ts: do not edit.
 *
${licence.trim().replace(/^/gm, ' * ').replace(/ +$/gm, '')}
 */

/** On every site, in lower case and compared so. */
export const EVERYWHERE =
  '${line(everywhere)}';

/** Names that begin so, on every site, compared in lower case. */
export const PREFIXES = ${JSON.stringify(ADDED_PREFIXES)};

/**
 * On one site, compared as written: a host with all hosts below it, or after \`=\` the host alone. \`www.\` and \`m.\` do not
 * count, and \`.*\` is any top-level domain (\`.de\`, \`.co.uk\`).
 */
export const ON_SITES: Record<string, string> = {
${written.join('\n')}
};
`,
);
writeFileSync(
  'public/tracking-rules-licence.txt',
  `The list of tracking parameters is taken from tidy-url ${version} (https://github.com/DrKain/tidy-url).\n\n${licence}`,
);
console.log(`${everywhere.size} names everywhere, ${written.length} sites`);
