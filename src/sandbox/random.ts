/** A repeatable source of numbers in [0, 1). `fork` gives an independent one whose values depend on the name alone. */
export interface Random {
  next(): number;
  fork(name: string): Random;
}

/** The same seed always gives the same numbers (sfc32, seeded by hashing the text). */
export function createRandom(seed: string): Random {
  let [a, b, c, d] = hash(seed);
  const next = () => {
    const t = (a + b + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + t;
    return (t >>> 0) / 2 ** 32;
  };
  for (let warmUp = 0; warmUp < 12; warmUp += 1) next();
  return { next, fork: (name) => createRandom(`${seed}/${name}`) };
}

export const pick = <T>(random: Random, choices: readonly T[]): T =>
  choices[Math.floor(random.next() * choices.length)] as T;

/** `length` characters drawn from `alphabet`. */
export function characters(random: Random, length: number, alphabet: string): string {
  return Array.from({ length }, () => alphabet.charAt(Math.floor(random.next() * alphabet.length))).join('');
}

/** Four 32-bit numbers from a text (FNV-1a with four offsets). */
function hash(text: string): [number, number, number, number] {
  const word = (offset: number) => {
    let value = offset;
    for (let index = 0; index < text.length; index += 1) {
      value = Math.imul(value ^ text.charCodeAt(index), 16777619);
    }
    return value | 0;
  };
  return [word(2166136261), word(374761393), word(668265263), word(1274126177)];
}
