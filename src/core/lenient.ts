import * as z from 'zod/mini';

/**
 * A schema that takes anything and gives `fallback` for what does not fit `schema`. It does what `z.catch` does
 * without the error texts that come with it, which would be a seventh of all the popup's code.
 */
export const lenient = <S extends z.ZodMiniType>(schema: S, fallback: z.infer<S>) =>
  z.pipe(
    z.optional(z.unknown()),
    z.transform((value): z.infer<S> => {
      const read = z.safeParse(schema, value);
      return read.success ? read.data : fallback;
    }),
  );
