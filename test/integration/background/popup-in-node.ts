/** The popup's model over a background in memory: all that the popup does but for drawing. */
import { readFileSync } from 'node:fs';
import type { Property } from '../../../src/core/database/destination.ts';
import type { Value } from '../../../src/core/database/value.ts';
import type { Client, CurrentTab } from '../../../src/protocol/client.ts';
import { familyKey, readStored } from '../../../src/protocol/stored.ts';
import { openPopup } from '../../../src/ui/popup/model.ts';
import type { Model } from '../../../src/ui/popup/state.ts';
import type { World } from './world.ts';

const messages = JSON.parse(
  readFileSync(new URL('../../../public/_locales/en/messages.json', import.meta.url), 'utf8'),
) as Record<string, { message: string }>;

/** What the model asks of a page: nothing is drawn, and no key is pressed. */
const page = {
  addEventListener: () => undefined,
  getElementById: () => null,
  querySelector: () => null,
};

function clientOf(world: World, tab: CurrentTab): Client {
  const stored = () => world.local.dump();
  return {
    call: (message) => world.call(message),
    async read(...names) {
      const all = stored();
      return Object.fromEntries(names.map((name) => [name, readStored(name, all[name])])) as never;
    },
    readOne: async (family, id) =>
      readStored(familyKey(family, id), stored()[familyKey(family, id)]) as never,
    readDestination: async (id) =>
      stored()[familyKey('destination', id)]
        ? { kind: 'read', value: world.destination(id) }
        : { kind: 'absent' },
    readAside: async () => ({}),
    watch: () => () => undefined,
    currentTab: async () => tab,
    readPage: async () => ({ ok: true, value: { url: tab.url, title: tab.title, selection: '', meta: {} } }),
    newId: () => crypto.randomUUID(),
    takePopupSubject: async () => null,
    readDraft: async () => null,
    writeDraft: async () => undefined,
    editSave: async (saveId) => void (await world.call({ type: 'hold', saveId })),
    launchSignIn: () => Promise.reject(new Error('No sign-in here')),
    grantAccess: async () => true,
    requestTabs: async () => true,
    windowTabs: async () => null,
    selectedTabs: async () => 1,
    more: async () => ({
      openPages: () => ({
        ask: async () => false,
        read: async () => new Map(),
        giveBack: async () => undefined,
      }),
      ownLibrary: () => ({ kinds: [], read: async () => null }),
      openImport: async () => undefined,
      readLearned: async () => null,
    }),
    openTabsPage: async () => undefined,
    openOptions: async () => undefined,
    closePopup: async () => undefined,
    text: (key, ...substitutions) =>
      (messages[key]?.message ?? '').replace(
        /\$([1-9])/g,
        (_, number) => substitutions[Number(number) - 1] ?? '',
      ),
    language: 'en',
    direction: 'ltr',
    shortcuts: async () => [],
    openShortcuts: async () => undefined,
  };
}

/** The control of a property, as the form has it. */
export type Field = { property: Property; value: Value; fixed: string | null; set(value: Value): void };

type Node = { props?: { children?: unknown; property?: Property } } | null;

/** The popup, opened on that tab, once it shows the row that the page has. */
export async function openOn(
  world: World,
  tab: CurrentTab,
): Promise<Model & { fieldOf(name: string): Field }> {
  Object.assign(globalThis, {
    document: page,
    HTMLTextAreaElement: class {},
    requestAnimationFrame: (draw: () => void) => setTimeout(draw),
  });
  const model = await openPopup(clientOf(world, tab));
  await until(() => model.isUpdate.value && model.properties.value !== null);
  const fields = (node: unknown): Field[] => {
    if (Array.isArray(node)) return node.flatMap(fields);
    const { props } = (node ?? {}) as Exclude<Node, null>;
    if (!props) return [];
    return props.property ? [props as unknown as Field] : fields(props.children);
  };
  return {
    ...model,
    fieldOf(name) {
      const field = fields(model.properties.value?.View()).find((one) => one.property.name === name);
      if (!field) throw new Error(`There is no field for ${name}`);
      return field;
    },
  };
}

async function until(what: () => boolean): Promise<void> {
  for (let turns = 0; turns < 2_000; turns++) {
    if (what()) return;
    await new Promise((resolve) => setTimeout(resolve));
  }
  throw new Error('It did not come to pass');
}
