/** The id of a toast that stands before it is known what it tells of: the next one in that page takes its place. */
export const EXPECTED = '';
