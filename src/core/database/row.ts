import * as z from 'zod/mini';

/** A row of a database, by the id of its page and the address at which Notion shows it. */
export const Row = z.object({ id: z.string(), url: z.string() });
export type Row = z.infer<typeof Row>;
