import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { daysOf, publishedOf } from '../../../../src/core/capture/published.ts';

const DAY = '2019-12-30';

describe('the day that is written', () => {
  it.each([
    '2019-12-30',
    '2019/12/30',
    '2019.12.30',
    '20191230',
    '20191230T101500Z',
    '20191230101500',
    '2019-12-30Z',
    '2019-12-30+01:00',
    '2019-12-30T23:59:59-11:00',
    '2019-12-30T00:30:00.000+14:00',
    '2019-12-30 10:15',
    '2019-12-30 10:15:00 UTC',
    '2019/12/30 10:15:00',
    '2019-12-30T10:15:00Z[Europe/Paris]',
    'Mon, 30 Dec 2019 23:30:00 -0800',
    'Mon, 30 Dec 2019 10:00:00 GMT',
    '30 Dec 2019 10:00:00 +0000',
    'Monday, 30-Dec-2019 10:00:00 GMT',
    'Mon Dec 30 10:00:00 2019',
    'Mon Dec 30 10:00:00 UTC 2019',
    'Mon Dec 30 2019 10:00:00 GMT+0100 (CET)',
    '30 December 2019',
    '30th of December, 2019',
    'December 30, 2019',
    'December 30th, 2019 at 10:15 AM EST',
    'Dec 30, 2019',
    'Dec. 30, 2019',
    'DEC 30 2019',
    'Monday, December 30, 2019',
    '2019 Dec 30',
    '2019-Dec-30',
    '30-Dec-2019',
    '30.12.2019',
    '30. 12. 2019',
    '30/12/2019',
    '12/30/2019',
    '12-30-2019 10:15',
    '30. Dezember 2019',
    '30 décembre 2019',
    '30 de diciembre de 2019',
    '30 dicembre 2019',
    '30 de dezembro de 2019',
    '30 december 2019',
    '30 grudnia 2019',
    '30 декабря 2019 г.',
    '2019年12月30日',
    '2019년 12월 30일',
    '  2019-12-30\n',
  ])('%j is 30 December 2019', (written) => {
    expect(daysOf(written)).toEqual({ start: DAY, end: null });
  });

  it.each([
    ['2019/3/7', '2019-03-07'],
    ['2019-3-7', '2019-03-07'],
    ['1 mars 2019', '2019-03-01'],
    ['1er août 2020', '2020-08-01'],
    ['Sept 5, 2019', '2019-09-05'],
    ['5/5/2019', '2019-05-05'],
    ['2020-02-29', '2020-02-29'],
    ['1905-06-30', '1905-06-30'],
  ])('%j is %s', (written, start) => {
    expect(daysOf(written)).toEqual({ start, end: null });
  });
});

describe('a month or a year', () => {
  it.each([
    ['2019', '2019-01-01', '2019-12-31'],
    ['2019-3', '2019-03-01', '2019-03-31'],
    ['2019/03', '2019-03-01', '2019-03-31'],
    ['3/2019', '2019-03-01', '2019-03-31'],
    ['March 2019', '2019-03-01', '2019-03-31'],
    ['2019 Mar', '2019-03-01', '2019-03-31'],
    ['février 2020', '2020-02-01', '2020-02-29'],
    ['2019年3月', '2019-03-01', '2019-03-31'],
  ])('%j is from its first to its last day', (written, start, end) => {
    expect(daysOf(written)).toEqual({ start, end });
  });
});

describe('no day is guessed', () => {
  it.each([
    ...[
      '03/04/2019',
      '3-4-2019',
      '12/30/19',
      '30-12-19',
      '2019-02-29',
      '2019-02-30',
      '31 April 2019',
      '2019-13-01',
    ],
    ...[
      '2019-12-00',
      '2019-00',
      '0001-01-01',
      '0000',
      '99999',
      '201912',
      '1577700000',
      'Spring 2019',
      'yesterday',
    ],
    ...[
      '2019-12-30/2020-01-02',
      '2019-12-30 to 2020-01-02',
      '2019–2020',
      'December 30',
      '30 Foobar 2019',
      '',
      'now',
    ],
    ...[
      'Volume 2019',
      'Published in 2019',
      '30 listopad 1',
      '20191330',
      'May',
      '2019-W52-1',
      `2019${' '.repeat(200)}x`,
    ],
  ])('of %j', (written) => {
    expect(daysOf(written)).toBeNull();
  });

  it('that there never was, whatever is written', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...'0123456789-/. TDecmbr,:Z年月日'), maxLength: 24 }),
        (text) => {
          const days = daysOf(text);
          for (const day of [days?.start, days?.end ?? undefined])
            if (day !== undefined) expect(new Date(`${day}T00:00:00Z`).toISOString().slice(0, 10)).toBe(day);
        },
      ),
      { numRuns: 3000 },
    );
  });

  it('moved: every day comes back from every form', () => {
    const day = fc.date({ min: new Date('1900-01-01'), max: new Date('2100-01-01'), noInvalidDate: true });
    fc.assert(
      fc.property(day, (date) => {
        const start = date.toISOString().slice(0, 10);
        const [y, m, d] = start.split('-') as [string, string, string];
        const utc = { timeZone: 'UTC' } as const;
        const long = new Intl.DateTimeFormat('en', { ...utc, dateStyle: 'long' }).format(date);
        for (const written of [
          start,
          `${y}/${m}/${d}`,
          `${y}/${+m}/${+d}`,
          y + m + d,
          date.toUTCString(),
          long,
        ])
          expect(daysOf(written), written).toEqual({ start, end: null });
      }),
    );
  });
});

describe('of several', () => {
  it('the first counts that tells a day, else a month or a year, else the first', () => {
    expect(publishedOf(['2019', '03/04/2019', '2019/12/30', '2018-01-01'])).toBe('2019/12/30');
    expect(publishedOf(['soon', '2019', '2018'])).toBe('2019');
    expect(publishedOf(['soon', 'later'])).toBe('soon');
    expect(publishedOf([])).toBeUndefined();
  });
});
