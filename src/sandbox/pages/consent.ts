/** What a person sees when a connection asks for access. Looks like a consent page, and says that it is a stand-in. */
import { html, raw } from 'hono/html';
import type { Connection, Person, Workspace } from '../model.ts';
import { theme } from './theme.ts';

/** A page or database that may be shared, with how deep it lies in the tree. */
export interface Choice {
  id: string;
  title: string;
  icon: string;
  kind: 'page' | 'database';
  depth: number;
  ticked: boolean;
}

export interface Place {
  workspace: Workspace;
  choices: readonly Choice[];
}

export interface ConsentView {
  connection: Connection;
  person: Person;
  /** The person's workspaces and what can be shared of each; the first is preselected. */
  places: readonly Place[];
  /** Stands for the request in the form. */
  requestId: string;
}

const capabilityWords = {
  read_content: 'View the pages you select',
  update_content: 'Edit the pages you select',
  insert_content: 'Add to the pages you select',
} as const;

const userWords = {
  none: '',
  without_email: 'See the names and pictures of users in your workspace',
  with_email: 'See the names, pictures and email addresses of users in your workspace',
} as const;

export function consentPage({ connection, person, places, requestId }: ConsentView) {
  const [first] = places;
  const rights = [
    ...[...connection.capabilities].map((capability) => capabilityWords[capability]),
    userWords[connection.userInformation],
  ].filter((words) => words !== '');
  return document(
    `Connect ${connection.name}`,
    html`<form method="post" action="/v1/oauth/authorize">
      <input type="hidden" name="request" value="${requestId}">
      <p class="soft">Signed in as ${person.name} · ${person.email}</p>
      <fieldset class="who">
        <legend>Workspace</legend>
        ${places.map((place) => workspaceRow(place, place === first))}
      </fieldset>
      <h1>${connection.name} would like access to ${
        places.length === 1 ? first?.workspace.name : 'this workspace'
      }</h1>
      <ul class="rights">${rights.map((right) => html`<li>${right}</li>`)}</ul>
      ${connection.offersTemplate ? templateChoice() : ''}
      ${places.map(choiceTree)}
      <div class="actions">
        <button class="button" name="decision" value="cancel" formnovalidate>Cancel</button>
        <button class="button primary" name="decision" value="allow">Allow access</button>
      </div>
    </form>
    <p class="foot">This is Rowmark’s sandbox, a stand-in on this computer. Nothing here reaches Notion.</p>`,
  );
}

const workspaceRow = ({ workspace: { id, name, icon } }: Place, isChosen: boolean) => html`<label>
  <input type="radio" name="workspace" value="${id}"${isChosen ? raw(' checked') : ''}>
  <img src="${icon}" alt="" width="28" height="28"> <b>${name}</b>
</label>`;

/** What can be shared of one workspace; seen while that is the one chosen. */
const choiceTree = ({ workspace, choices }: Place, index: number) => html`<fieldset class="pages of-${index}">
  <legend>Pages and databases of ${workspace.name} to share</legend>
  <div class="tree">${choices.map(choiceRow)}</div>
</fieldset>`;

const templateChoice = () => html`<fieldset class="start">
  <legend>How would you like to start?</legend>
  <label><input type="radio" name="start" value="pages" checked> Select pages to share</label>
  <label><input type="radio" name="start" value="template"> Duplicate the template “Bookmarks” into your workspace</label>
</fieldset>`;

const choiceRow = ({ id, title, icon, kind, depth, ticked }: Choice) => html`<label style="--depth: ${depth}">
  <input type="checkbox" name="shared" value="${id}"${ticked ? raw(' checked') : ''}>
  <span aria-hidden="true">${icon}</span> <span class="name">${title}</span> <span class="soft">${kind}</span>
</label>`;

/** Shown when the request itself is wrong, so that there is nowhere safe to send the browser back to. */
export const consentError = (message: string) =>
  document(
    'Cannot connect',
    html`<div role="alert"><h1>This connection request cannot be completed</h1><p>${message}</p></div>
    <p class="foot">This is Rowmark’s sandbox, a stand-in on this computer.</p>`,
  );

const document = (title: string, content: unknown) => html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${title}</title><link rel="icon" href="/_sandbox/workspace.svg"><style>${raw(theme + style)}</style></head>
<body><main>${content}</main></body></html>`;

const style = `
body { background: var(--field); display: grid; min-height: 100vh; place-items: center; padding: 24px 16px; }
main { width: min(460px, 100%); }
form, [role="alert"] {
  padding: 24px 26px; border: 1px solid var(--line); border-radius: 14px; background: var(--paper);
  box-shadow: var(--shadow);
}
.who { display: grid; gap: 6px; }
.who label { display: flex; gap: 10px; align-items: center; cursor: pointer; }
.who img { border-radius: 7px; }
form > .soft { margin: 0 0 12px; }
.soft { color: var(--soft); font-size: 12.5px; }
h1 { margin: 18px 0 10px; font-size: 20px; line-height: 1.3; letter-spacing: -0.01em; text-wrap: balance; }
[role="alert"] h1 { margin-top: 0; }
.rights { margin: 0 0 18px; padding: 0; list-style: none; }
.rights li { padding: 2px 0 2px 24px; position: relative; }
.rights li::before { content: "✓"; position: absolute; left: 4px; color: var(--ok); font-weight: 700; }
fieldset { margin: 0 0 16px; padding: 0; border: 0; }
legend { padding: 0; margin-bottom: 6px; color: var(--soft); font-size: 12.5px; font-weight: 600; }
.start label { display: flex; gap: 8px; align-items: baseline; padding: 3px 0; }
.tree { border: 1px solid var(--line); border-radius: 9px; padding: 5px; max-height: 260px; overflow: auto; }
.tree label {
  display: flex; gap: 8px; align-items: center; padding: 5px 8px; padding-left: calc(8px + var(--depth) * 22px);
  border-radius: 6px; cursor: pointer;
}
.tree label:hover { background: var(--hover); }
.tree .name { flex: 1; font-weight: 550; }
input[type="checkbox"], input[type="radio"] { accent-color: var(--link); width: 15px; height: 15px; margin: 0; }
.start input { position: relative; top: 2px; flex: none; }
/* What belongs to a workspace that is not chosen is not seen; were anything ticked in it, it would not count. */
form:has(.who label:nth-of-type(1) :checked) .pages:not(.of-0),
form:has(.who label:nth-of-type(2) :checked) .pages:not(.of-1) { display: none; }
/* With the template chosen there is nothing to pick. */
form:has([value="template"]:checked) .pages { display: none; }
.actions { display: flex; gap: 10px; justify-content: flex-end; margin-top: 20px; }
.foot { margin: 14px 4px; color: var(--soft); font-size: 12.5px; text-align: center; }
`;
