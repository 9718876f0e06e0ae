/** What the context menu offers, and what was clicked in it. */
import type { Clicked } from '../../core/capture/clicked.ts';
import type { MessageKey } from '../../core/text.ts';
import type { MenuClick, Ports } from '../../ports.ts';
import type { Records } from '../store/records.ts';

const KINDS = ['page', 'selection', 'link', 'image'] as const;
type Kind = (typeof KINDS)[number];

const TITLES: Record<Kind, MessageKey> = {
  page: 'menu_save_page',
  selection: 'menu_save_selection',
  link: 'menu_save_link',
  image: 'menu_save_image',
};
const PRESET_TITLES: Record<Kind, MessageKey> = {
  page: 'menu_save_page_preset',
  selection: 'menu_save_selection_preset',
  link: 'menu_save_link_preset',
  image: 'menu_save_image_preset',
};

/** The item of the toolbar button that leads to saving several tabs. */
const SEVERAL_TABS = 'tabs';

export type Menus = ReturnType<typeof createMenus>;

export function createMenus(
  { menus, pages, text }: Pick<Ports, 'menus' | 'pages' | 'text'>,
  records: Records,
) {
  return {
    /** Makes the menu anew: one item for each thing that can be saved, and one more for each preset. */
    async refresh(): Promise<void> {
      const presets = (await records.get('presets'))?.presets ?? [];
      await menus.set([
        { id: SEVERAL_TABS, title: text('menu_save_tabs'), contexts: ['action'] },
        ...KINDS.flatMap((kind) => [
          { id: `${kind}:`, title: text(TITLES[kind]), contexts: [kind] },
          ...presets.map(({ id, name }) => ({
            id: `${kind}:${id}`,
            // An ampersand would be taken for the mark of an access key, and a percent sign for the selection.
            title: text(PRESET_TITLES[kind], name.replaceAll('&', '&&').replaceAll('%', '%%')),
            contexts: [kind],
          })),
        ]),
      ]);
    },

    isSeveralTabs: ({ id }: MenuClick): boolean => id === SEVERAL_TABS,

    /** What to save and by which preset; null for what is no item of ours. `what` is null for the page itself. */
    async read(
      click: MenuClick,
      tabId: number,
    ): Promise<{ what: Clicked | null; presetId: string | null } | null> {
      const [kind, presetId] = click.id.split(':') as [Kind, string | undefined];
      if (!KINDS.includes(kind) || presetId === undefined) return null;
      return { what: await clicked(kind, click, tabId), presetId: presetId || null };
    },
  };

  async function clicked(kind: Kind, click: MenuClick, tabId: number): Promise<Clicked | null> {
    const address = kind === 'link' ? click.linkUrl : click.imageUrl;
    switch (kind) {
      case 'page':
        return null;
      case 'selection':
        return { kind, text: click.selection ?? '' };
      case 'link':
      case 'image':
        return {
          kind,
          address: address ?? '',
          name: click.linkText ?? (await pages.nameOf(tabId, kind, address ?? '')),
        };
    }
  }
}
