/**
 * Made-up people and what they save, for measuring how well tags are proposed; the same on each run. Each has habits that real
 * collections show: interests that come and go; sites that are about one of them, and sites about anything; tags that are words of
 * titles, tags that never are (`to read`, `work`), tags that go together, and now and then one of which nothing in the page speaks.
 */

/** The same numbers on each run (mulberry32). */
export function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

export type Saved = { url: string; title: string; description: string; tags: string[] };

const SYLLABLES =
  'ba be bo ca ce co da de do fa fe fi ga go la le li lo ma me mi mo na ne no pa pe po ra re ri ro sa se si so ta te ti to va ve vi';

const FILLERS =
  'guide notes update version first look at practice modern simple better using why part small large world review talk week year';

/** How a person differs from others. */
export type Person = {
  name: string;
  seed: number;
  /** How many things they are interested in, and for how long one of them lasts, in saves. */
  interests: number;
  lasting: number;
  /** In which share of pages a tag that is a word of a title stands there. */
  named: number;
  /** In which share of saves a tag is one that only they can know. */
  whims: number;
};

export const PEOPLE: readonly Person[] = [
  { name: 'names things as titles do', seed: 1, interests: 30, lasting: 400, named: 0.8, whims: 0.1 },
  { name: 'sorts by fields of interest', seed: 2, interests: 40, lasting: 250, named: 0.25, whims: 0.15 },
  { name: 'collects what comes along', seed: 3, interests: 120, lasting: 80, named: 0.5, whims: 0.3 },
];

/** Everything that person saves, in its order. */
export function savesOf(person: Person, count: number): Saved[] {
  const random = createRandom(person.seed);
  const below = (limit: number): number => Math.floor(random() * limit);
  const pick = <T>(all: readonly T[]): T => all[below(all.length)] as T;
  const syllables = SYLLABLES.split(' ');
  const word = (): string => Array.from({ length: 2 + below(2) }, () => pick(syllables)).join('');
  const fillers = FILLERS.split(' ');

  const habits = ['to read', 'reference', 'work', 'tool'];
  const interests = Array.from({ length: person.interests }, () => ({
    /** Its main tag, which goes with all its others. */
    tag: word(),
    topics: Array.from({ length: 6 }, word),
    /** Words that its pages have, and that are no tags. */
    words: Array.from({ length: 14 }, word),
    sites: Array.from({ length: 2 }, () => `${word()}.example`),
    habit: pick(habits),
  }));
  const anywhere = Array.from({ length: 12 }, () => `${word()}.example`);
  let current = interests.slice(0, 4);

  return Array.from({ length: count }, (_, at) => {
    if (at % Math.max(1, Math.floor(person.lasting / 4)) === 0)
      current = [...current.slice(1), pick(interests)];
    const interest = random() < 0.85 ? pick(current) : pick(interests);
    const topics = [...new Set([pick(interest.topics), pick(interest.topics)])].slice(0, 1 + below(2));
    const named = topics.filter(() => random() < person.named);
    const words = Array.from({ length: 3 + below(3) }, () =>
      random() < 0.6 ? pick(interest.words) : pick(fillers),
    );
    const title = [...words, ...named].sort(() => random() - 0.5).join(' ');
    const host = random() < 0.55 ? pick(interest.sites) : pick(anywhere);
    const tags = [interest.tag, ...topics];
    if (random() < 0.4) tags.push(interest.habit);
    if (random() < person.whims) tags.push(pick(interests).tag);
    const description = [...Array.from({ length: 10 }, () => pick(interest.words)), ...topics].join(' ');
    return {
      url: `https://${host}/${random() < 0.3 ? `${interest.tag}/` : ''}${word()}-${at}`,
      title,
      description,
      tags: [...new Set(tags)],
    };
  });
}
