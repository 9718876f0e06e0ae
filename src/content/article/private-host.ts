/**
 * Hosts of a network of its own, which nobody reaches from outside. Those of this device alone are none: what is tried out there is
 * meant to be seen elsewhere.
 */

/** https://www.rfc-editor.org/rfc/rfc1918, rfc3927, rfc6598. */
const PRIVATE_V4 =
  /^(?:10|192\.168|172\.(?:1[6-9]|2\d|3[01])|169\.254|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7]))\.[\d.]+$/;
/** Unique local and link-local: https://www.rfc-editor.org/rfc/rfc4193, rfc4291. */
const PRIVATE_V6 = /^\[(?:f[cd]|fe[89ab])/i;
/** Names of networks at home and at work; some by https://www.rfc-editor.org/rfc/rfc6762, rfc8375. */
const LOCAL = /\.(?:local|internal|intranet|lan|home|corp|private|home\.arpa)$/i;
/** A name of this network alone, but for the one of this device. */
const SHORT = /^(?!local)[a-z][^.]*$/i;

export const isPrivateHost = (hostname: string): boolean =>
  [PRIVATE_V4, PRIVATE_V6, LOCAL, SHORT].some((hosts) => hosts.test(hostname));
