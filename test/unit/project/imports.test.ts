/** The import rules of the project: which part may know which. The linter says the same where it can. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { MAY_IMPORT, ROOMS } from './parts.ts';

const SRC = resolve('src');

/** Packages that only one part may know. */
const PACKAGE_HOME: Record<string, string[]> = {
  'webextension-polyfill': ['platform'],
  preact: ['ui'],
  '@preact/signals-core': ['ui'],
  hono: ['endpoint', 'sandbox'],
  '@hono/node-server': ['endpoint', 'sandbox'],
  ajv: ['sandbox'],
};

type Import = { from: string; to: string; typeOnly: boolean; isLater: boolean };

function files(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? files(path) : /\.tsx?$/.test(entry.name) ? [path] : [];
  });
}

function importsOf(file: string): Import[] {
  const pattern =
    /(?:^|\n)\s*(?:import|export)\s+(type\s)?[^'"`;]*?from\s*['"]([^'"]+)['"]|(?:^|[^.\w])import\(\s*['"]([^'"]+)['"]\s*\)|(?:^|\n)import\s+['"]([^'"]+)['"]/g;
  return [...readFileSync(file, 'utf8').matchAll(pattern)].map((match) => ({
    from: relative(SRC, file),
    to: match[2] ?? match[3] ?? match[4] ?? '',
    typeOnly: match[1] !== undefined,
    isLater: match[3] !== undefined,
  }));
}

const LATER = 'ui/popup/later/';

/** The file that is imported, from `src` on; empty for a package. */
const targetOf = ({ from, to }: Pick<Import, 'from' | 'to'>): string =>
  to.startsWith('.') ? relative(SRC, resolve(SRC, dirname(from), to)) : '';

const part = (path: string): string => path.split('/')[0] ?? '';

const all = files(SRC).flatMap(importsOf);

describe('the parts of the project', () => {
  it('import only what they may know', () => {
    const breaches = all
      .filter(({ to }) => to.startsWith('.'))
      .flatMap(({ from, to }) => {
        const target = relative(SRC, resolve(SRC, dirname(from), to));
        if (target.startsWith('..'))
          return /_locales|manifest\.json/.test(target) ? [] : [`${from} -> ${to}`];
        const here = part(from);
        const there = to.endsWith('?script') ? `${part(target)}?script` : part(target);
        const allowed = [here, ...(MAY_IMPORT[here] ?? []), ...(MAY_IMPORT[from] ?? [])];
        return allowed.includes(there) ? [] : [`${from} -> ${to}`];
      });
    expect(breaches).toEqual([]);
  });

  it.each(Object.entries(ROOMS))('%s: each room builds only on those before it', (home, rooms) => {
    const roomOf = (path: string): string | null => {
      const [top, room, ...rest] = path.split('/');
      return top === home && room !== undefined && rest.length > 0 ? room : null;
    };
    const found = new Set(files(join(SRC, home)).flatMap((file) => roomOf(relative(SRC, file)) ?? []));
    expect([...found].sort()).toEqual([...rooms].sort());
    const breaches = all.flatMap(({ from, to }) => {
      const here = roomOf(from);
      const target = to.startsWith('.') ? relative(SRC, resolve(SRC, dirname(from), to)) : '';
      if (part(from) !== home || part(target) !== home) return [];
      const there = roomOf(target);
      // What lies beside the rooms builds on none of them in the core.
      if (here === null) return home === 'core' && there !== null ? [`${from} -> ${to}`] : [];
      if (there === null) return home === 'core' ? [] : [`${from} -> ${to}`];
      return rooms.indexOf(there) > rooms.indexOf(here) ? [`${from} -> ${to}`] : [];
    });
    expect(breaches).toEqual([]);
  });

  it('load what the popup needs only after its first frame when it is asked for', () => {
    const breaches = all.filter(({ from, to, isLater }) => {
      const isOutside = from.startsWith('ui/popup/') && !from.startsWith(LATER);
      return isOutside && targetOf({ from, to }).startsWith(LATER) && !isLater;
    });
    expect(breaches).toEqual([]);
    expect(all.filter(({ to, isLater }) => isLater && to.endsWith('later/index.ts'))).not.toEqual([]);
  });

  it('go in no circle in the popup', () => {
    const next = new Map<string, string[]>();
    for (const one of all)
      if (one.from.startsWith('ui/popup/') && !one.isLater)
        next.set(one.from, [...(next.get(one.from) ?? []), targetOf(one)]);
    const circles: string[] = [];
    const walk = (file: string, path: readonly string[]): void => {
      if (path.includes(file)) circles.push([...path.slice(path.indexOf(file)), file].join(' -> '));
      else for (const other of next.get(file) ?? []) walk(other, [...path, file]);
    };
    for (const file of next.keys()) walk(file, []);
    expect(circles).toEqual([]);
  });

  it('keep packages where they belong', () => {
    const breaches = all.filter(({ from, to, typeOnly }) => {
      const home = Object.entries(PACKAGE_HOME).find(([name]) => to === name || to.startsWith(`${name}/`));
      return home !== undefined && !typeOnly && !home[1].includes(part(from));
    });
    expect(breaches).toEqual([]);
  });

  it('use Notion’s SDK for its types alone', () => {
    const sdk = all.filter(({ to, typeOnly }) => to.startsWith('@notionhq/client') && !typeOnly);
    expect(sdk).toEqual([]);
  });

  it('keep the core free of browser, network, clock, chance and storage', () => {
    const forbidden =
      /(?<![.\w'"`])(?:browser|chrome|fetch|localStorage|setTimeout|setInterval|document|window|navigator)\s*[.(]|Date\.now\(|new Date\(\)|Math\.random\(|crypto\./;
    const breaches = files(join(SRC, 'core')).flatMap((file) =>
      readFileSync(file, 'utf8')
        .split('\n')
        .filter((line) => !/^\s*(?:\*|\/\/|\/\*)/.test(line) && forbidden.test(line))
        .map((line) => `${relative(SRC, file)}: ${line.trim()}`),
    );
    expect(breaches).toEqual([]);
  });

  it('have no drawer for everything', () => {
    const drawers = files(SRC).filter((file) =>
      /(?:^|\/)(?:utils?|helpers?|common|managers?|services?)(?:\/|\.)/i.test(relative(SRC, file)),
    );
    expect(drawers).toEqual([]);
  });

  it('name every part that exists', () => {
    const parts = readdirSync(SRC).filter((name) => !(name in MAY_IMPORT));
    expect(parts).toEqual([]);
  });
});
