/** Whether two values of JSON are alike, down to the order of their keys. */
export const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
