/** What the documents say of the project, held against the project. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { MAY_IMPORT, ROOMS } from './parts.ts';

const documents = [
  ...readdirSync('.').filter((name) => name.endsWith('.md')),
  ...readdirSync('docs').map((name) => join('docs', name)),
  'src/endpoint/README.md',
  'src/sandbox/README.md',
];
const read = (path: string): string => readFileSync(path, 'utf8');

/** The rows of the table that follows a heading, cell by cell, without its head. */
function tableUnder(document: string, heading: string): string[][] {
  const rest = document.slice(document.indexOf(`\n${heading}\n`) + heading.length + 1);
  const lines = rest.split('\n');
  const first = lines.findIndex((line) => line.startsWith('|'));
  const end = lines.findIndex((line, index) => index > first && !line.startsWith('|'));
  return lines.slice(first + 2, end).map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

const architecture = read('ARCHITECTURE.md');

it('the table of parts says what each may import, as the test of imports has it', () => {
  const said = tableUnder(architecture, '## Parts').map(([folder = '', , imports = '']) => [
    folder.replaceAll('`', '').replace('src/', ''),
    imports === 'nothing' ? [] : imports.split(', ').sort(),
  ]);
  const held = Object.entries(MAY_IMPORT)
    .filter(([part]) => !part.includes('/'))
    .map(([part, imports]) => [part, imports.filter((one) => !one.includes('?')).sort()]);
  expect(Object.fromEntries(said)).toEqual(Object.fromEntries(held));
});

describe.each(Object.entries(ROOMS))('%s', (part, rooms) => {
  it('has its rooms told in their order, and no other', () => {
    const told = tableUnder(architecture, `### \`src/${part}\``).map(([room = '']) =>
      room.replaceAll('`', ''),
    );
    expect(told).toEqual(rooms);
  });
});

it.each(documents)('%s leads only to what is there', (path) => {
  const links = [...read(path).matchAll(/\]\((?!https?:|mailto:|#)([^)#]+)(?:#[^)]*)?\)/g)].map(
    ([, to = '']) => to,
  );
  expect(links.filter((to) => !existsSync(join(dirname(path), to)))).toEqual([]);
});

it('every command that a document names is there, and every command is named', () => {
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
  const named = new Set(
    documents.flatMap((path) =>
      [...read(path).matchAll(/npm run (?:-s )?([\w:-]+)/g)].map(([, name = '']) => name),
    ),
  );
  const known = new Set(Object.keys(scripts));
  expect([...named].filter((name) => !known.has(name) && !name.endsWith(':'))).toEqual([]);
  expect([...known].filter((name) => !named.has(name) && name !== 'start' && name !== 'test')).toEqual([]);
});

it('files of the source that a document names are there', () => {
  const named = documents.flatMap((path) =>
    [...read(path).matchAll(/`((?:src|test|docs|public)\/[\w./-]+\.\w+)`/g)].map(
      ([, name = '']) => `${path}: ${name}`,
    ),
  );
  expect(named.filter((one) => !existsSync(one.split(': ')[1] ?? ''))).toEqual([]);
});
