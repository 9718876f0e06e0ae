import { describe, expect, it } from 'vitest';
import { authorizeUrl, readRedirect } from '../../../../src/core/notion/sign-in.ts';

const redirectUri = 'https://abc.chromiumapp.org/';
const expected = { redirectUri, state: 'the-state', startedAt: 1_000, now: 2_000 };
const back = (query: string, base = redirectUri) => readRedirect(base + query, expected);
const MISMATCH = { ok: false, failure: { code: 'sign-in-mismatch' } };

it('asks Notion for a code for this user', () => {
  const url = new URL(
    authorizeUrl({ apiUrl: 'https://api.notion.com', clientId: 'id', redirectUri, state: 's&t' }),
  );
  expect(url.origin + url.pathname).toBe('https://api.notion.com/v1/oauth/authorize');
  expect(Object.fromEntries(url.searchParams)).toEqual({
    client_id: 'id',
    response_type: 'code',
    owner: 'user',
    redirect_uri: redirectUri,
    state: 's&t',
  });
});

describe('the way back', () => {
  it('gives the code of the sign-in that was begun here', () => {
    expect(back('?code=abc&state=the-state')).toEqual({ ok: true, value: { code: 'abc' } });
  });

  it.each([
    ['another state', '?code=abc&state=other'],
    ['a state that only begins right', '?code=abc&state=the-stat'],
    ['a state that goes on', '?code=abc&state=the-state-'],
    ['no state', '?code=abc'],
    ['two states', '?code=abc&state=the-state&state=the-state'],
    ['two codes', '?code=abc&code=def&state=the-state'],
    ['no code', '?state=the-state'],
    ['an empty code', '?code=&state=the-state'],
    ['an error without the state', '?error=access_denied'],
  ])('is not believed with %s', (_, query) => {
    expect(back(query)).toMatchObject(MISMATCH);
  });

  it.each([
    ['another host', 'https://evil.example/'],
    ['a host that begins alike', 'https://abc.chromiumapp.org.evil.example/'],
    ['another path', 'https://abc.chromiumapp.org/x'],
    ['another scheme', 'http://abc.chromiumapp.org/'],
  ])('is not believed from %s', (_, base) => {
    expect(back('?code=abc&state=the-state', base)).toMatchObject(MISMATCH);
  });

  it('is not believed after ten minutes; a clock that was set back is no reason', () => {
    const query = `${redirectUri}?code=abc&state=the-state`;
    expect(readRedirect(query, { ...expected, now: 1_000 + 601_000 })).toMatchObject(MISMATCH);
    expect(readRedirect(query, { ...expected, now: 0 })).toEqual({ ok: true, value: { code: 'abc' } });
  });

  it('tells a user who declined from a refusal', () => {
    expect(back('?error=access_denied&state=the-state')).toMatchObject({
      failure: { code: 'sign-in-denied' },
    });
    expect(back('?error=server_error&state=the-state')).toMatchObject({
      failure: { code: 'sign-in-refused', detail: 'server_error' },
    });
  });
});
