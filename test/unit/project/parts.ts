/** The plan of the house, as the tests hold it against the source and against what the documents say. */

/** What each part may import besides itself. `*` after a file: that file alone, which composes the part. */
export const MAY_IMPORT: Record<string, string[]> = {
  core: [],
  protocol: ['core'],
  'ports.ts': ['core', 'protocol'],
  platform: ['core', 'protocol', 'ports.ts', 'content?script'],
  background: ['core', 'protocol', 'ports.ts'],
  'background/main.ts': ['platform'],
  content: ['core', 'protocol'],
  ui: ['core', 'protocol'],
  'ui/popup/main.tsx': ['platform'],
  'ui/options/main.tsx': ['platform'],
  'ui/tabs/main.tsx': ['platform'],
  'ui/import/main.tsx': ['platform'],
  endpoint: ['protocol'],
  sandbox: [],
};

/**
 * The rooms of a part, in the order in which they build on each other: each may import only those before it. Files that lie
 * beside the rooms of `core` are known to all of them; the one that lies beside those of `background` knows them all.
 */
export const ROOMS: Record<string, string[]> = {
  core: [
    'text',
    'database',
    'address',
    'tags',
    'capture',
    'notion',
    'content',
    'saved-rows',
    'library',
    'save',
    'settings',
    'line',
  ],
};
