/**
 * How a request can end without an answer. The last four are HTTP/2's; over HTTP/1.1, which has no streams, the connection
 * ends as with `fin`.
 */
export const cuts = [
  /** The connection is closed. */
  'fin',
  /** The connection is reset. */
  'rst',
  /** GOAWAY, which says that this request was taken; then the connection is closed. */
  'goaway',
  /** GOAWAY, which says that this request was not taken; then the connection is closed. */
  'goaway_not_taken',
  /** RST_STREAM with REFUSED_STREAM: "nothing was done". The connection stays. */
  'refused_stream',
  /** RST_STREAM with INTERNAL_ERROR. The connection stays. */
  'internal_error',
] as const;

export type Cut = (typeof cuts)[number];
