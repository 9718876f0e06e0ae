/** Hosts that nobody reaches from outside: of this device, or of a network of its own. */

/** https://www.rfc-editor.org/rfc/rfc1918, rfc3927, rfc6598 and the loopback. */
const PRIVATE_V4 =
  /^(?:127|10|0)\.|^192\.168\.|^172\.(?:1[6-9]|2\d|3[01])\.|^169\.254\.|^100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\./;
/** Loopback, unique local and link-local: https://www.rfc-editor.org/rfc/rfc4193, rfc4291. */
const PRIVATE_V6 = /^\[(?:::1\]|f[cd]|fe[89ab])/i;
/** Names of networks at home and at work; some by https://www.rfc-editor.org/rfc/rfc6762, rfc6761, rfc8375. */
const LOCAL = /(?:^|\.)(?:local|internal|intranet|lan|home|corp|private|test|home\.arpa)$/i;

export const isPrivateHost = (hostname: string): boolean =>
  hostname.startsWith('[')
    ? PRIVATE_V6.test(hostname)
    : PRIVATE_V4.test(hostname) && /^[\d.]+$/.test(hostname)
      ? true
      : LOCAL.test(hostname) || !hostname.includes('.');
