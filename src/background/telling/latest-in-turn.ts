/**
 * Runs pieces of work one after another for each key. Of those that wait for their turn only the last one is run: the others
 * are out of date. What rejects is passed over.
 */
export function createLatestInTurn(): (key: string, work: () => Promise<void>) => void {
  const waiting = new Map<string, () => Promise<void>>();
  const running = new Set<string>();

  async function run(key: string): Promise<void> {
    running.add(key);
    for (let next = waiting.get(key); next; next = waiting.get(key)) {
      waiting.delete(key);
      await next().catch((error) => console.error('Rowmark could not go on.', error));
    }
    running.delete(key);
  }

  return (key, work) => {
    waiting.set(key, work);
    if (!running.has(key)) void run(key);
  };
}
