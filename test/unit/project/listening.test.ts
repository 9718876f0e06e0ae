/** What stands in a page hears only what the browser itself says, which `hear` sees to: nothing else there may listen. */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const FOLDER = 'src/content/';
const HOME = 'hear.ts';

const source = (name: string): string =>
  readFileSync(FOLDER + name, 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '');

/** Every way there is to be told of an event, or to make one of one's own. */
const WAYS = [
  /addEventListener|attachEvent|handleEvent|setEventHandler/,
  // `x.onclick =`, `'onclick' in`, `{ onclick() {} }`
  /\bon(?:[a-z]+)\b\s*(?:=(?![=>])|\?\?=|\(|:)/,
  /['"`]on[a-z]+['"`]/,
  /\bcreateEvent\b|\binitEvent\b/,
];
const waysIn = (text: string) => WAYS.flatMap((way) => text.match(way)?.[0] ?? []);

const files = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' }).filter((name) =>
  /\.tsx?$/.test(name),
);

it.each(files.filter((name) => name !== HOME))('%s listens to nothing by itself', (name) => {
  expect(waysIn(source(name))).toEqual([]);
});

it('sees each of them', () => {
  const written = [
    "a.addEventListener('click', act)",
    "nativeCall(page, 'addEventListener', 'click', act)",
    'a.onclick = act',
    'a.onclick ??= act',
    "a['onclick'] = act",
    "a.setAttribute('onclick', 'act()')",
    'Object.assign(a, { onclick: act })',
    'Object.assign(a, { onclick() {} })',
    'const listener = { handleEvent() {} }',
  ];
  expect(written.filter((each) => waysIn(each).length === 0)).toEqual([]);
});

it('is asked for what the browser says alone', () => {
  expect(source(HOME).match(/addEventListener/g)).toHaveLength(1);
  expect(source(HOME)).toContain('if (event.isTrusted) act(');
});
