/** A page or row by itself, where links to `app.notion.com/p/…` would lead. */
import { html, raw } from 'hono/html';
import { present } from '../block-tree.ts';
import type { Block, Page, RichText } from '../model.ts';
import { emojiOf } from '../oauth/consent.ts';
import { pageUrl } from '../shape/link.ts';
import { dataSourceOf } from '../shape/page.ts';
import { plainText, type State, titleOf, type World } from '../state.ts';
import { cell, glyphOf, type Markup } from './cells.ts';
import { theme } from './theme.ts';

/** The path Notion's own link has, so that the page is also found when `app.notion.com` is led here. */
export const pagePath = (page: Page): string => new URL(pageUrl(page.id, titleOf(page))).pathname;

export const findByPath = (state: State, slug: string): Page | undefined => {
  const digits = slug.slice(-32);
  return [...state.pages.values()].find(({ id }) => id.replaceAll('-', '') === digits);
};

export function rowPage(world: World, page: Page): Markup {
  const source = dataSourceOf(world, page);
  const title = titleOf(page) || 'Untitled';
  const properties = source?.properties.filter(({ type }) => type !== 'title') ?? [];
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${title}</title><link rel="icon" href="/_sandbox/workspace.svg"><style>${raw(theme + style)}</style></head>
<body><nav><a href="/">← All tables</a></nav><main>
  ${page.inTrash ? html`<p class="trash" role="status">This page is in the trash.</p>` : ''}
  <h1><span aria-hidden="true">${emojiOf(page.icon) ?? ''}</span> ${title}</h1>
  <dl>${properties.map(
    (property) =>
      html`<dt><span class="glyph" aria-hidden="true">${glyphOf(property.type)}</span>${property.name}</dt>
      <dd>${source ? cell(world.state, source, property, page) : ''}</dd>`,
  )}</dl>
  ${page.markdown === null ? '' : html`<pre>${page.markdown}</pre>`}
  ${present(page.blocks).map(blockMarkup)}
</main></body></html>`;
}

const blockMarkup = (block: Block): Markup =>
  html`<div class="block"><p>${plainText((block.content.rich_text ?? []) as RichText[]) || html`<span class="soft">${block.type}</span>`}</p>${present(block.children).map(blockMarkup)}</div>`;

const style = `
nav { padding: 12px 20px; border-bottom: 1px solid var(--line); font-size: 13px; }
main { max-width: 720px; margin: 0 auto; padding: 40px 24px; }
h1 { margin: 0 0 20px; font-size: 30px; line-height: 1.2; letter-spacing: -0.015em; text-wrap: balance; }
dl { display: grid; grid-template-columns: 170px minmax(0, 1fr); gap: 6px 12px; margin: 0 0 24px; }
dt, .soft { color: var(--soft); }
dd { margin: 0; overflow-wrap: anywhere; }
.glyph { display: inline-block; width: 22px; font-size: 12px; }
.pills { display: inline-flex; flex-wrap: wrap; gap: 4px; }
.status { border-radius: 10px; padding: 0 9px; }
.trash { padding: 8px 12px; border-radius: 8px; background: var(--warn-ground); color: var(--warn); }
.text { white-space: pre-wrap; }
pre { white-space: pre-wrap; font: inherit; border-top: 1px solid var(--line); padding-top: 16px; }
.block .block { margin-left: 22px; }
.block p { margin: 4px 0; white-space: pre-wrap; }
`;
