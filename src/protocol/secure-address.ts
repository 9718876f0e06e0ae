/** Which addresses tokens and saved pages may be sent to: one rule for the build and for the endpoint. */

const isLoopback = (hostname: string): boolean =>
  hostname === 'localhost' || hostname === '127.0.0.1' || hostname === '[::1]';

/** https anywhere; http only where nobody can listen in, which is within this computer. */
const isPrivate = (url: URL): boolean =>
  url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname));

/**
 * @returns what is wrong with an address that somebody has configured, to be put behind its name; undefined when nothing is.
 * The address itself is not repeated: with a password in it, it would be a secret.
 */
export function addressMistake(address: string): string | undefined {
  if (!URL.canParse(address)) return 'is not a complete address';
  const url = new URL(address);
  if (!isPrivate(url)) return 'must begin with https:// (http:// is for localhost only)';
  if (url.username !== '' || url.password !== '') return 'holds a user name or password';
  return undefined;
}
