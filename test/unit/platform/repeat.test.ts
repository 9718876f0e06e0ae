/**
 * Times as real browsers noted them (`OUT=… npm run bench:repeats`): the repeats that are hardest to tell, and ordinary requests
 * of moments when the computer had little else to do.
 */
import { describe, expect, it } from 'vitest';
import { type Engine, handshakeOf, type Observed, repeatOf } from '../../../src/platform/repeat.ts';
import observations from '../../fixtures/request-times.json' with { type: 'json' };

type Observation = Omit<Observed, 'headers'> & {
  headers: Record<string, string>;
  protocol: string;
  situation: string;
  /** Milliseconds one way. */
  link: number;
  cut?: string;
  /** How long the first attempt lived, in milliseconds. */
  life?: number;
  attempts: number;
};
const all = observations as Observation[];
const seen = (engine: Engine, protocol: string, fits: (one: Observation) => boolean) => {
  const those = all.filter((one) => one.engine === engine && one.protocol === protocol && fits(one));
  expect(those.length).toBeGreaterThan(1);
  return those;
};
const isRepeat = ({ attempts }: Observation) => attempts > 1;
const isOnce = ({ attempts }: Observation) => attempts === 1;
const told = (those: readonly Observation[]) => [...new Set(those.map((one) => repeatOf(one)))];

describe.each(['http/1.1', 'h2'])('Chromium over %s', (protocol) => {
  it('no repeat passes, even of an attempt that ended on one computer as soon as it had come', () => {
    expect(told(seen('blink', protocol, isRepeat))).not.toContain('no');
  });
  it('a repeat is suspected where the first attempt lived for some milliseconds', () => {
    expect(told(seen('blink', protocol, (one) => isRepeat(one) && (one.life ?? 0) > 1))).toEqual([
      'suspected',
    ]);
  });
  it('what was sent once is not: on new connections, on slow links, with large answers, among others', () => {
    expect(told(seen('blink', protocol, isOnce))).toEqual(['no']);
  });
});

describe('Chromium over a network', () => {
  const asLate = (late: number, handshake?: number) =>
    repeatOf({
      engine: 'blink',
      timing: { ...USED, requestStart: USED.fetchStart + late, responseStart: 300, responseEnd: 300 },
      answeredAt: 300,
      headers: {},
      handshake,
    });
  const USED = {
    ...{ fetchStart: 10, domainLookupStart: 10, connectStart: 10, secureConnectionStart: 10, connectEnd: 10 },
    ...{ requestStart: 11, responseStart: 200, responseEnd: 201 },
  };

  it('what is sent later than usual is not doubted when that is sooner than a first attempt can have ended', () => {
    expect(asLate(4)).toBe('untold');
    expect(asLate(4, 0.1)).toBe('untold');
    expect(asLate(4, 9)).toBe('no');
    expect(asLate(7)).toBe('suspected');
    expect(asLate(7, 20)).toBe('no');
  });

  it('what is as late as a handshake is suspected, however long that takes', () => {
    for (const handshake of [14, 30, 100, 300]) expect(asLate(handshake, handshake)).toBe('suspected');
    expect(asLate(13, 1_000)).toBe('suspected');
  });

  it('no repeat passes that was seen over one, with its way there and back as the handshake', () => {
    const those = all.filter((one) => one.engine === 'blink' && isRepeat(one) && one.link > 0);
    expect(those.length).toBeGreaterThan(10);
    expect(told(those.map((one) => ({ ...one, handshake: 2 * one.link })))).toEqual(['suspected']);
  });

  it('a handshake is the time to the first answer, with and without encryption, and none where none was made', () => {
    const made = { ...USED, domainLookupStart: 10.5, connectStart: 12, connectEnd: 80 };
    expect(handshakeOf({ ...made, secureConnectionStart: 42 })).toBe(30);
    expect(handshakeOf({ ...made, secureConnectionStart: 0 })).toBe(68);
    expect(handshakeOf(USED)).toBeUndefined();
  });
});

describe('Firefox', () => {
  it('no repeat over HTTP/1.1 passes', () => {
    expect(told(seen('gecko', 'http/1.1', isRepeat))).not.toContain('no');
  });
  it('a repeat over a network is suspected', () => {
    expect(told(seen('gecko', 'http/1.1', (one) => isRepeat(one) && one.link > 0))).toEqual(['suspected']);
  });
  it('what was sent once over HTTP/1.1 is not, with an answer as small as those of Notion', () => {
    const isSmall = ({ situation }: Observation) => !situation.includes('1 MB');
    expect(told(seen('gecko', 'http/1.1', (one) => isOnce(one) && isSmall(one)))).toEqual(['no']);
  });
  it('tells nothing over HTTP/2, whatever was sent', () => {
    expect(told(seen('gecko', 'h2', () => true))).toEqual(['untold']);
  });
});

describe('where the browser notes nothing', () => {
  const [one] = all.filter(isOnce);
  it.each<Engine>(['blink', 'gecko'])('nothing is told (%s)', (engine) => {
    if (!one) throw new Error('There is no observation');
    expect(repeatOf({ ...one, engine, timing: undefined })).toBe('untold');
    const withheld = { ...one.timing, requestStart: 0, responseStart: 0 } as Observed['timing'];
    expect(repeatOf({ ...one, engine, timing: withheld })).toBe('untold');
  });
});
