/** The databases as tables, newest rows first. */
import { html } from 'hono/html';
import { mayAccess } from '../access.ts';
import type { Database, DataSource, Page, Property, Workspace } from '../model.ts';
import { emojiOf } from '../oauth/consent.ts';
import { dataSourcesOf, plainText, rowsOf, titleOf, type World } from '../state.ts';
import { workspaceHolding } from '../workspaces.ts';
import { cell, glyphOf, type Markup } from './cells.ts';
import { pagePath } from './row.ts';

export function tables(world: World): Markup {
  const { state } = world;
  return html`${[...state.workspaces.values()].map((workspace) => workspaceTables(world, workspace))}`;
}

/** What is in one workspace, under its name. */
function workspaceTables(world: World, workspace: Workspace): Markup {
  const { state } = world;
  const isHere = ({ id }: { id: string }) => workspaceHolding(state, id) === workspace;
  const databases = [...state.databases.values()].filter((one) => !one.inTrash && isHere(one));
  const pages = [...state.pages.values()].filter(
    (page) => page.parent.type !== 'data_source_id' && !page.inTrash && isHere(page),
  );
  // Newest first, but what came with the workspace keeps its order.
  databases.sort((a, b) => b.createdAt - a.createdAt);
  const titleId = `pages-${workspace.id}`;
  return html`<section class="workspace" aria-label="${workspace.name}">
    <p class="workspace-name"><img src="${workspace.icon}" alt="" width="22" height="22"> ${workspace.name}</p>
    ${databases.map((database) => databaseSection(world, database))}
    <section class="loose" aria-labelledby="${titleId}"><h2 id="${titleId}">Pages</h2>
      <ul>${pages.map(
        (page) =>
          html`<li><span aria-hidden="true">${emojiOf(page.icon) ?? '📄'}</span> <a href="${pagePath(page)}">${
            titleOf(page) || 'Untitled'
          }</a> ${sharedMark(world, page.id, titleOf(page))}</li>`,
      )}</ul>
    </section>
  </section>`;
}

function databaseSection(world: World, database: Database): Markup {
  const sources = dataSourcesOf(world.state, database.id).filter(({ inTrash }) => !inTrash);
  const name = plainText(database.title) || 'Untitled';
  return html`<section aria-labelledby="db-${database.id}">
    <header><h2 id="db-${database.id}"><span aria-hidden="true">${emojiOf(database.icon) ?? '🗂️'}</span> ${name}</h2>
      ${sharedMark(world, database.id, name)}</header>
    ${sources.map((source) => sourceTable(world, source, sources.length > 1))}
  </section>`;
}

/** Whether any connection may see it, with the button that changes it. */
function sharedMark({ state }: World, id: string, name: string): Markup {
  const place = workspaceHolding(state, id)?.id;
  const bots = [...state.authorizations.values()].filter(
    ({ revoked, workspaceId }) => !revoked && workspaceId === place,
  );
  if (bots.length === 0) return '';
  const isShared = bots.some((bot) => mayAccess(state, bot, id));
  const isInherited = isShared && !bots.some(({ shared }) => shared.has(id));
  const mark = html`<span class="mark ${isShared ? 'on' : ''}">${isShared ? 'Shared with Rowmark' : 'Not shared'}</span>`;
  if (isInherited) return mark;
  const label = isShared ? 'Stop sharing' : 'Share';
  return html`${mark} <button class="quiet" id="share-${id}" data-call="POST /sharing" data-body="${JSON.stringify(
    {
      what: id,
      shared: !isShared,
    },
  )}" aria-label="${label} ${name}">${label}</button>`;
}

function sourceTable(world: World, source: DataSource, named: boolean): Markup {
  const rows = rowsOf(world.state, source.id).reverse();
  const living = rows.filter(({ inTrash }) => !inTrash);
  const trashed = rows.filter(({ inTrash }) => inTrash);
  const label = plainText(source.title) || 'Untitled';
  // The title is a database's first column, wherever it stands in the schema.
  const columns = [...source.properties].sort(
    (a, b) => Number(b.type === 'title') - Number(a.type === 'title'),
  );
  return html`${named ? html`<h3>${label}</h3>` : ''}
    <div class="scroll" tabindex="0" role="region" aria-label="Rows of ${label}"><table>
      <thead><tr>${columns.map(
        ({ name, type }) =>
          html`<th scope="col" class="of-${type}" title="${type}"><span class="glyph" aria-hidden="true">${glyphOf(type)}</span>${name}</th>`,
      )}</tr></thead>
      <tbody>${living.map((row) => tableRow(world, source, columns, row))}</tbody>
    </table>${living.length === 0 ? html`<p class="empty">No rows yet</p>` : ''}</div>
    <p class="count">${living.length === 0 ? '' : `${living.length} ${living.length === 1 ? 'row' : 'rows'}`}${
      trashed.length > 0
        ? html`${living.length === 0 ? 'In' : ' · in'} trash: ${trashed.map(
            (row, index) =>
              html`${index > 0 ? ', ' : ''}<s>${titleOf(row) || 'Untitled'}</s> <button class="quiet" id="restore-${row.id}" data-call="POST /trash" data-body="${JSON.stringify(
                { what: row.id, inTrash: false },
              )}" aria-label="Restore ${titleOf(row)}">Restore</button>`,
          )}`
        : ''
    }</p>`;
}

const tableRow = ({ state }: World, source: DataSource, columns: readonly Property[], row: Page): Markup =>
  html`<tr data-row="${row.id}">${columns.map((property) =>
    property.type === 'title'
      ? html`<th scope="row"><span class="icon" aria-hidden="true">${emojiOf(row.icon) ?? ''}</span><a href="${pagePath(row)}">${
          titleOf(row) || 'Untitled'
        }</a></th>`
      : html`<td class="of-${property.type}">${cell(state, source, property, row)}</td>`,
  )}</tr>`;
