/** Host names in letters: browsers have them in ASCII (`xn--…`), people write and paste them as they read (RFC 3492, RFC 5890). */

const [BASE, TMIN, TMAX, SKEW, DAMP, FIRST_BIAS, FIRST_CODE] = [36, 1, 26, 38, 700, 72, 128];
const LONGEST_LABEL = 63;

function adapt(delta: number, length: number, isFirst: boolean): number {
  let left = isFirst ? Math.floor(delta / DAMP) : delta >> 1;
  left += Math.floor(left / length);
  let steps = 0;
  for (; left > ((BASE - TMIN) * TMAX) >> 1; steps += BASE) left = Math.floor(left / (BASE - TMIN));
  return steps + Math.floor(((BASE - TMIN + 1) * left) / (left + SKEW));
}

const digitOf = (sign: string): number =>
  /[a-z]/i.test(sign) ? sign.toLowerCase().charCodeAt(0) - 97 : Number(sign) + 26;

/** The letters of one label without its `xn--`; null where it holds none. */
function decode(label: string): string | null {
  const plainEnd = label.lastIndexOf('-');
  const letters = [...label.slice(0, Math.max(plainEnd, 0))];
  const rest = label.slice(plainEnd + 1);
  let [code, bias, at, next] = [FIRST_CODE, FIRST_BIAS, 0, 0];
  while (next < rest.length) {
    const before = at;
    for (let [weight, step] = [1, BASE]; ; step += BASE) {
      const digit = next < rest.length ? digitOf(rest[next++] ?? '') : Number.NaN;
      if (Number.isNaN(digit)) return null;
      at += digit * weight;
      const threshold = Math.min(Math.max(step - bias, TMIN), TMAX);
      if (digit < threshold) break;
      weight *= BASE - threshold;
    }
    const count = letters.length + 1;
    bias = adapt(at - before, count, before === 0);
    code += Math.floor(at / count);
    at %= count;
    if (code > 0x10ffff || (code >= 0xd800 && code < 0xe000)) return null;
    letters.splice(at++, 0, String.fromCodePoint(code));
  }
  return letters.join('');
}

/** A host of a parsed address as it is read: `пример.испытание` for `xn--e1afmkfd.xn--80akhbyknj4f`. */
export const hostInLetters = (host: string): string =>
  host
    .split('.')
    .map((label) => {
      if (!label.startsWith('xn--') || label.length > LONGEST_LABEL) return label;
      return decode(label.slice(4)) || label;
    })
    .join('.');
