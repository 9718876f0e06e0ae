/** `/v1/oauth/authorize`: shows the consent page, takes the decision and sends the browser back. */
import { type Context, Hono } from 'hono';
import { isTrashed } from '../access.ts';
import { uuid } from '../ids.ts';
import type { Connection, Media, Parent, Person, Workspace } from '../model.ts';
import { type Choice, consentError, consentPage } from '../pages/consent.ts';
import { plainText, type State, titleOf, type World } from '../state.ts';
import { workspacesOf } from '../workspaces.ts';
import { issueCode } from './tokens.ts';

/** An authorization request that was shown and not yet decided. */
interface Pending {
  connection: Connection;
  redirectUri: string;
  state: string | null;
  person: Person;
  workspaces: Workspace[];
}

export function createConsent(world: World): Hono {
  const pending = new Map<string, Pending>();
  const consent = new Hono();

  consent.get('/v1/oauth/authorize', (context) => {
    const { searchParams: query } = new URL(context.req.url);
    const { state } = world;
    const connection = state.connections.get(query.get('client_id') ?? '');
    if (!connection) return context.html(consentError('The client_id is missing or unknown.'), 400);
    const redirectUri = query.get('redirect_uri');
    if (redirectUri === null || !connection.redirectUris.includes(redirectUri)) {
      // RFC 6749 §4.1.2.1: never send the browser to an address that is not registered.
      return context.html(
        consentError('The redirect_uri is missing or not registered for this connection.'),
        400,
      );
    }
    const requestState = query.get('state');
    const back = (error: string) =>
      context.redirect(withParameters(redirectUri, { error, state: requestState }));
    if (query.get('response_type') !== 'code') return back('unsupported_response_type');
    if (query.get('owner') !== 'user') return back('invalid_request');
    const [person] = state.people.values();
    if (!person) throw new Error('The sandbox has nobody in it');
    const workspaces = workspacesOf(state, person);
    const requestId = uuid(world.random);
    pending.set(requestId, { connection, redirectUri, state: requestState, person, workspaces });
    const places = workspaces.map((workspace) => ({
      workspace,
      choices: choicesFor(state, connection, person, workspace),
    }));
    return context.html(consentPage({ connection, person, places, requestId }));
  });

  consent.post('/v1/oauth/authorize', async (context) => {
    const form = new URLSearchParams(await context.req.text());
    const request = pending.get(form.get('request') ?? '');
    if (!request)
      return context.html(consentError('This page is out of date. Start again from the app.'), 400);
    pending.delete(form.get('request') ?? '');
    return decide(world, request, form, context);
  });

  return consent;
}

function decide(
  world: World,
  request: Pending,
  form: URLSearchParams,
  context: Context,
): Response | Promise<Response> {
  const { connection, redirectUri, state, person, workspaces } = request;
  const wanted = form.get('workspace');
  const workspace = wanted === null ? workspaces[0] : workspaces.find(({ id }) => id === wanted);
  if (!workspace) return context.html(consentError('This workspace is not yours.'), 400);
  if (form.get('decision') !== 'allow') {
    return context.redirect(withParameters(redirectUri, { error: 'access_denied', state }), 303);
  }
  const duplicateTemplate = connection.offersTemplate && form.get('start') === 'template';
  const known = choicesFor(world.state, connection, person, workspace).map(({ id }) => id);
  const { code } = issueCode(world, {
    clientId: connection.clientId,
    redirectUri,
    userId: person.id,
    workspaceId: workspace.id,
    shared: duplicateTemplate ? [] : form.getAll('shared').filter((id) => known.includes(id)),
    duplicateTemplate,
  });
  return context.redirect(withParameters(redirectUri, { code, state }), 303);
}

function withParameters(address: string, parameters: Record<string, string | null>): string {
  const url = new URL(address);
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== null) url.searchParams.set(name, value);
  }
  return url.href;
}

/** The tree of pages and databases of a workspace, rows left out, ticked where this connection has access already. */
function choicesFor(state: State, connection: Connection, person: Person, workspace: Workspace): Choice[] {
  const authorization = [...state.authorizations.values()].find(
    ({ clientId, userId, workspaceId, revoked }) =>
      !revoked && clientId === connection.clientId && userId === person.id && workspaceId === workspace.id,
  );
  const ticked = (id: string) => authorization?.shared.has(id) ?? false;
  const below = (type: 'workspace' | 'page_id', parentId: string, depth: number): Choice[] => {
    const isHere = ({ parent }: { parent: Parent }) => parent.type === type && parent.id === parentId;
    const pages = [...state.pages.values()].filter((page) => isHere(page) && !isTrashed(state, page.id));
    const databases = [...state.databases.values()].filter(
      (each) => isHere(each) && !isTrashed(state, each.id),
    );
    return [
      ...databases.map(
        ({ id, title, icon }): Choice => ({
          id,
          title: plainText(title) || 'Untitled',
          icon: emojiOf(icon) ?? '🗂️',
          kind: 'database',
          depth,
          ticked: ticked(id),
        }),
      ),
      ...pages.flatMap((page): Choice[] => [
        {
          id: page.id,
          title: titleOf(page) || 'Untitled',
          icon: emojiOf(page.icon) ?? '📄',
          kind: 'page',
          depth,
          ticked: ticked(page.id),
        },
        ...below('page_id', page.id, depth + 1),
      ]),
    ];
  };
  return below('workspace', workspace.id, 0);
}

export const emojiOf = (icon: Media): string | undefined =>
  typeof icon?.emoji === 'string' ? icon.emoji : undefined;
