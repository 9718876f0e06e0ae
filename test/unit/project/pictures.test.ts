/** Pictures from elsewhere tell a stranger of the user: there is one place that shows any, and one rule for which. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { expect, it } from 'vitest';

const SRC = resolve('src');
/** The only component that loads a picture, after asking `isNotionFile`. */
const HOME = 'ui/components/Icon.tsx';

/** What makes a browser load something by an address that is made while running, or parses text as HTML. What a page has made itself is no stranger's. */
const LOADS =
  /<(?:img|image|video|audio|source|track|iframe|object|embed|picture|feImage)\s|\bsrcset\b|\bsrc=\{|\.(?:src|srcdoc|href)\s*=(?!=|\s*URL\.createObjectURL\()|create\w*\([^)]*['"](?:img|image|video|audio|source|object|embed)['"]|new (?:Image|Audio)\(|backgroundImage|maskImage|listStyleImage|\burl\(|dangerouslySetInnerHTML|innerHTML|insertAdjacentHTML|setHTML/;

/** The reader of pages names what pages load by, and copies it into a document that loads nothing. */
const READER = 'content/article/';
const NAMES = /'(?:data-)?(?:lazy-)?srcset'|\?\.backgroundImage\b|\^url\\\(/g;

it('nothing but the icon loads a picture into the extension’s pages or the toast', () => {
  const found = ['ui', 'content', 'platform'].flatMap((part) =>
    readdirSync(join(SRC, part), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name))
      .flatMap((file) =>
        readFileSync(file, 'utf8')
          .split('\n')
          .map((line) => (relative(SRC, file).startsWith(READER) ? line.replace(NAMES, '') : line))
          .filter((line) => !/^\s*(?:\*|\/\/|\/\*)/.test(line) && LOADS.test(line))
          .map((line) => `${relative(SRC, file)}: ${line.trim()}`),
      ),
  );
  expect(found).toEqual([expect.stringMatching(`^${HOME}: <img`)]);
});
