import { describe, expect, it, test } from 'vitest';
import { readBuildConfig } from '../../../src/platform/build/config.ts';
import { contentSecurityPolicy } from '../../../src/platform/build/content-security-policy.ts';

const GOOD = { NOTION_CLIENT_ID: 'client', TOKEN_ENDPOINT_URL: 'https://token.example.com' };

describe('the settings of the build', () => {
  it('are read, without slashes at the end', () => {
    expect(readBuildConfig({ ...GOOD, TOKEN_ENDPOINT_URL: 'https://example.com/token/' }, true)).toEqual({
      notionClientId: 'client',
      tokenEndpointUrl: 'https://example.com/token',
      notionApiUrl: 'https://api.notion.com',
    });
  });

  test.each(['http://localhost:8787', 'http://127.0.0.1:8787', 'http://[::1]:8787'])(
    'take %s, which does not leave this computer',
    (address) => {
      expect(readBuildConfig({ ...GOOD, TOKEN_ENDPOINT_URL: address }, true).tokenEndpointUrl).toBe(address);
    },
  );

  const mistakes = (env: Record<string, string>, whole = true): string => {
    try {
      readBuildConfig(env, whole);
      return '';
    } catch (error) {
      return (error as Error).message;
    }
  };

  describe.each(['TOKEN_ENDPOINT_URL', 'NOTION_API_URL'])('%s', (name) => {
    test.each([
      ['http://token.example.com', 'must begin with https:// (http:// is for localhost only)'],
      ['http://localhost.example.com', 'must begin with https://'],
      ['http://127.0.0.1.example.com', 'must begin with https://'],
      ['http://192.168.0.7', 'must begin with https://'],
      ['ftp://localhost', 'must begin with https://'],
      ['token.example.com', 'is not a complete address'],
      ['https://ada:secret@token.example.com', 'holds a user name or password'],
      ['https://token.example.com/?a=1', 'has a query or a fragment'],
      ['https://token.example.com/#a', 'has a query or a fragment'],
    ])('refuses %s, also while developing', (address, mistake) => {
      for (const whole of [true, false]) {
        const message = mistakes({ ...GOOD, [name]: address }, whole);
        expect(message).toContain(`- ${name} ${mistake}`);
        expect(message).toContain(name === 'NOTION_API_URL' ? 'leave it out for' : 'such as https://');
        expect(message).not.toContain('secret');
      }
    });
  });

  it('are asked for all at once', () => {
    const message = mistakes({ NOTION_API_URL: 'http://example.com' });
    for (const name of [
      'NOTION_CLIENT_ID is not set',
      'TOKEN_ENDPOINT_URL is not set',
      'NOTION_API_URL must',
    ])
      expect(message).toContain(name);
  });
});

it('the policy reaches the two hosts that are configured, and no path or other port of them', () => {
  const policy = contentSecurityPolicy({
    notionApiUrl: 'http://127.0.0.1:4000',
    tokenEndpointUrl: 'https://example.com/token',
  });
  expect(policy.split('; ')).toContain('connect-src http://127.0.0.1:4000 https://example.com');
});
