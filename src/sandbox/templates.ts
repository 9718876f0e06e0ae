/** Templates, whose blocks arrive in a page some time after it was made, without a signal. */
import { newBlock, present } from './block-tree.ts';
import type { Page, Template } from './model.ts';
import { completeContent } from './rules/block-content.ts';
import { text } from './rules/rich-text.ts';
import type { World } from './state.ts';

/** Lets those arrive whose time has come. */
export function landDueTemplates(world: World): void {
  const { templateLagMs: lag } = world.settings;
  if (lag === null) return;
  landTemplates(world, ({ templateAskedAt: at }) => at !== null && world.now() >= at + lag);
}

/** @returns in how many pages blocks have arrived */
export function landTemplates(world: World, isDue: (page: Page) => boolean = () => true): number {
  const waiting = [...world.state.pages.values()].filter(
    (page) => page.templateAskedAt !== null && isDue(page),
  );
  for (const page of waiting) land(world, page);
  return waiting.length;
}

function land(world: World, page: Page): void {
  const template = templateOf(world, page);
  page.templateAskedAt = null;
  page.editedAt = world.now();
  const blocks = (template?.words ?? []).map((words) =>
    newBlock(world, page.createdBy, {
      type: 'paragraph',
      content: completeContent('paragraph', { rich_text: text(words) }),
    }),
  );
  const { templateLands: where } = world.settings;
  if (where === 'instead') for (const block of present(page.blocks)) block.inTrash = true;
  page.blocks.splice(where === 'before' ? 0 : page.blocks.length, 0, ...blocks);
}

function templateOf({ state }: World, { parent, templateId }: Page): Template | undefined {
  const source = parent.type === 'data_source_id' ? state.dataSources.get(parent.id) : undefined;
  return source?.templates.find(({ id }) => id === templateId);
}
