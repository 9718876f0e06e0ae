/** What stands beside the tables: trouble, connections, pace, and the requests that came in. */
import { html } from 'hono/html';
import type { Control } from '../control/control.ts';
import { type Fault, faultKinds } from '../faults.ts';
import { tokensOf } from '../oauth/tokens.ts';
import type { World } from '../state.ts';
import type { Markup } from './cells.ts';

const targets: [string, string, string][] = [
  ['Saving a page', 'POST', '/v1/pages'],
  ['Changing a page (undo)', 'PATCH', '/v1/pages/*'],
  ['Looking for a row', 'POST', '/v1/data_sources/*/query'],
  ['Reading a database', 'GET', '/v1/data_sources/*'],
  ['Creating a database', 'POST', '/v1/databases'],
  ['Searching', 'POST', '/v1/search'],
  ['Getting or refreshing tokens', 'POST', '/v1/oauth/token'],
  ['Every request', '*', '/v1/*'],
];

/** Fixed: forms keep what was typed into them while the rest is renewed. */
export function forms(control: Control): Markup {
  const { searchLagMs, queryLagMs, rateLimit } = control.settings();
  return html`<form id="fault-form" class="card" aria-labelledby="fault-title">
    <h2 id="fault-title">Make trouble</h2>
    <label>What goes wrong<select name="kind">${Object.entries(faultKinds).map(
      ([kind, { label }]) => html`<option value="${kind}">${label}</option>`,
    )}</select></label>
    <label>Which requests<select name="target">${targets.map(
      ([label, method, path]) => html`<option value="${method} ${path}">${label}</option>`,
    )}</select></label>
    <div class="three">
      <label>Times<select name="times"><option value="1">once</option><option value="2">twice</option>
        <option value="5">5 times</option><option value="">always</option></select></label>
      <label>Delay, s<input name="delay" type="number" min="0" max="600" step="0.5" value="0"></label>
      <label>Retry after, s<input name="retryAfter" type="number" min="0" max="86400" value="2"></label>
    </div>
    <button class="button primary">Add</button>
  </form>
  <div id="faults" class="card list"></div>
  <div id="requests" class="card list"></div>
  <div id="connections" class="card list"></div>
  <form id="pace-form" class="card" aria-labelledby="pace-title">
    <h2 id="pace-title">Pace</h2>
    <div class="three">
      <label>Rate, a minute<input name="rateLimit" type="number" min="0" value="${rateLimit}"></label>
      <label>Search lag, s<input name="searchLag" type="number" min="0" step="0.5" value="${searchLagMs / 1000}"></label>
      <label>Query lag, s<input name="queryLag" type="number" min="0" step="0.5" value="${queryLagMs / 1000}"></label>
    </div>
    <button class="button">Apply</button>
  </form>
  <button class="button" id="reset">Start again from the beginning</button>`;
}

export function faultList(faults: readonly Fault[]): Markup {
  const live = faults.filter(({ left }) => left !== 0);
  return html`<h2>In force</h2>${
    live.length === 0
      ? html`<p class="soft">Everything works.</p>`
      : html`<ul>${live.map(
          ({ id, kind, method, path, left, delayMs }) => html`<li><span><b>${faultKinds[kind].label}</b><br>
            <span class="soft">${targetName(method, path)} · ${left === null ? 'always' : `${left} left`}${
              delayMs ? ` · after ${delayMs / 1000} s` : ''
            }</span></span>
            <button class="quiet" id="remove-${id}" data-call="DELETE /faults/${id}" aria-label="Remove ${faultKinds[kind].label}">Remove</button></li>`,
        )}</ul>`
  }`;
}

const targetName = (method: string, path: string): string =>
  targets.find(([, ...target]) => target[0] === method && target[1] === path)?.[0] ?? `${method} ${path}`;

export function connectionList({ state }: World): Markup {
  const bots = [...state.authorizations.values()].filter(({ revoked }) => !revoked);
  if (bots.length === 0) return html`<h2>Connections</h2><p class="soft">Nobody is connected.</p>`;
  return html`<h2>Connections</h2><ul>${bots.map(({ botId, workspaceId, refusesRefresh }) => {
    const hasAccess = tokensOf(state, botId).some(
      ({ kind, state: each }) => kind === 'access' && each === 'active',
    );
    const button = (action: string, label: string) =>
      html`<button class="quiet" id="${action}-${botId}" data-call="POST /authorizations/${botId}" data-body='${JSON.stringify({ action })}'>${label}</button>`;
    return html`<li><span><b>Rowmark</b> <span class="soft">${hasAccess ? 'active' : 'token expired'} · ${botId.slice(0, 8)}</span><br>
      ${state.workspaces.get(workspaceId)?.name ?? ''}<br>
      ${button('expire', 'Expire token')} ${
        refusesRefresh ? button('allow-refresh', 'Allow refresh') : button('refuse-refresh', 'Refuse refresh')
      } ${button('revoke', 'Revoke')}</span></li>`;
  })}</ul>`;
}

const shown = 14;

export function requestList(control: Control): Markup {
  const latest = control.requests().slice(-shown).reverse();
  return html`<h2>Requests</h2>${
    latest.length === 0
      ? html`<p class="soft">None yet.</p>`
      : html`<ol class="log">${latest.map(
          ({ at, method, path, status, code, fault }) =>
            html`<li><span class="verb">${method}</span> <span class="path" title="${path}">${shortPath(path)}</span>
            <span class="${status !== null && status < 400 ? 'ok' : 'warn'}" title="${code ?? ''}">${status ?? 'cut'}${
              fault ? ' ⚡' : ''
            }</span> <time class="soft">${new Date(at).toLocaleTimeString('en-GB')}</time></li>`,
        )}</ol>`
  }`;
}

/** Ids are long and say nothing here. */
const shortPath = (path: string): string =>
  path
    .replace(/^\/v1/, '')
    .replaceAll(/[0-9a-f]{8}-?[0-9a-f-]{4,}[0-9a-f]{12}/gi, '…')
    .slice(0, 60);
