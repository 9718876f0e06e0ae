/** Who is asking: the address a host may believe, and what of it counts as one client. */

/**
 * What counts as one client: an IPv4 address, or an IPv6 network of 64 bits, since whoever has one address of such a
 * network has all of them. Anything that is not an address shares one count.
 */
export function clientKey(address: string | undefined): string {
  if (address === undefined) return 'unknown';
  const v4 = /^(?:::ffff:)?(\d{1,3}(?:\.\d{1,3}){3})$/i.exec(address)?.[1];
  if (v4 !== undefined) return v4;
  const [plain = ''] = address.split('%');
  if (!/^[0-9a-f:]{2,39}$/i.test(plain)) return 'unknown';
  const [head = '', tail] = plain.toLowerCase().split('::');
  const front = head === '' ? [] : head.split(':');
  const back = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - front.length - back.length);
  return [...front, ...Array<string>(zeros).fill('0'), ...back]
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':');
}

/** An entry of `X-Forwarded-For` without the port that some proxies add. */
const withoutPort = (entry: string): string =>
  /^\[([^\]]*)\](?::\d+)?$/.exec(entry)?.[1] ?? /^(\d{1,3}(?:\.\d{1,3}){3}):\d+$/.exec(entry)?.[1] ?? entry;

/**
 * The client's address behind that many trusted proxies. Each proxy appends the address it was called from, so the
 * entry that counts is that many from the right: what stands left of it was sent by the client and is worth nothing.
 *
 * @param peer the other end of the connection; it also counts when the header has fewer entries than there are
 * proxies, since the request then did not come through all of them.
 * @param forwardedFor the header `X-Forwarded-For`, several of them joined by commas.
 */
export function addressBehindProxies(
  peer: string | undefined,
  forwardedFor: string | undefined,
  proxies: number,
): string | undefined {
  if (proxies === 0 || forwardedFor === undefined) return peer;
  const entry = forwardedFor.split(',').at(-proxies)?.trim();
  return entry === undefined ? peer : withoutPort(entry);
}
