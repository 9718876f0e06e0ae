const PAUSE = 25;

/** How long one question may take, in milliseconds. */
const LONGEST_ANSWER = 10_000;

/**
 * Asks again and again until the answer is something other than `undefined` or `false`, and returns it.
 * @param what said in the error, such as `a button "Save"`
 * @throws Error when `within` milliseconds have passed; an error thrown by the last question is its cause
 */
export async function until<T>(
  what: string,
  ask: () => Promise<T | undefined | false> | T | undefined | false,
  within = 20_000,
): Promise<T> {
  const end = Date.now() + within;
  let cause: unknown;
  for (;;) {
    try {
      const answer = await inTime(ask());
      if (answer !== undefined && answer !== false) return answer;
      cause = undefined;
    } catch (error) {
      cause = error;
    }
    if (Date.now() > end) {
      const why = cause instanceof Error ? `: ${cause.message}` : '';
      throw new Error(`Waited ${within / 1000} s in vain for ${what}${why}`, { cause });
    }
    await new Promise((resolve) => setTimeout(resolve, PAUSE));
  }
}

/** A question that a browser never answers is asked again: its page may have been replaced meanwhile. */
async function inTime<T>(answer: Promise<T> | T): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('it was asked, and nobody answered')), LONGEST_ANSWER);
  });
  return Promise.race([answer, late]).finally(() => clearTimeout(timer));
}
