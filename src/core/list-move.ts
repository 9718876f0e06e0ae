/**
 * Where the highlight of a list goes from that row by so many rows, around the ends. Before the first move nothing is
 * highlighted, -1: down leads to the first row, up to the last.
 */
export const movedBy = (active: number, by: 1 | -1, count: number): number =>
  count === 0 ? -1 : active < 0 && by < 0 ? count - 1 : (active + by + count) % count;
