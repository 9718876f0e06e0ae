import { describe, expect, it } from 'vitest';
import type { Option } from '../../../../src/core/database/destination.ts';
import { completeTags } from '../../../../src/core/tags/complete.ts';
import { addTags, endedTags, splitTags, tagProblem, without } from '../../../../src/core/tags/rules.ts';

const options: Option[] = ['JavaScript', 'mathematics', 'long read', 'café', 'java'].map((name) => ({
  id: name,
  name,
  color: 'blue',
}));
const names = (typed: string, chosen: string[] = []) =>
  completeTags(typed, options, chosen).options.map((o) => o.name);

describe('completing', () => {
  it('offers the whole match first, then beginnings, words, parts, and letters in order', () => {
    expect(names('java')).toEqual(['java', 'JavaScript']);
    expect(names('read')).toEqual(['long read']);
    expect(names('mtm')).toEqual(['mathematics']);
    expect(names('CAFE')).toEqual(['café']);
    expect(names('zzz')).toEqual([]);
  });

  it('offers to create what is not there, whatever its case', () => {
    expect(completeTags('new', options, []).create).toBe('new');
    expect(completeTags('javascript', options, []).create).toBeNull();
    expect(completeTags('rust', options, ['Rust']).create).toBeNull();
  });

  it('takes an option on Enter only when it is likely meant', () => {
    expect(completeTags('math', options, []).likely).toBe(true);
    expect(completeTags('ai', options, [])).toMatchObject({ likely: false, create: 'ai' });
  });

  it('offers nothing that is chosen', () => {
    expect(names('java', ['java'])).toEqual(['JavaScript']);
    expect(names('')).toHaveLength(5);
  });
});

describe('adding', () => {
  it('takes a list apart, in the spelling of the database, without doubles', () => {
    expect(splitTags(' a, b,,c\n d、e')).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(addTags(['x'], splitTags('javascript, X, new, NEW'), options)).toEqual(['x', 'JavaScript', 'new']);
  });

  it('leaves a name that is in a list whole, whatever is in it', () => {
    const names = ['东京、大阪', '上海，北京', 'Okoro, Mina', 'two\nlines'];
    expect(addTags(['x'], names, [])).toEqual(['x', ...names]);
    expect(addTags(names, names, [])).toEqual(names);
  });

  it('knows what Notion would refuse', () => {
    expect([
      tagProblem(''),
      tagProblem('a,b'),
      tagProblem('x'.repeat(101)),
      tagProblem('x'.repeat(100)),
    ]).toEqual(['empty', 'comma', 'too-long', null]);
  });
});

describe('tags while they are typed', () => {
  it('are those that a comma has ended; the rest is still being typed', () => {
    expect(endedTags('hist')).toBeNull();
    expect(endedTags('history,')).toEqual([['history'], '']);
    expect(endedTags('history、 phys , sea le')).toEqual([['history', ' phys '], 'sea le']);
  });

  it('that came, and that went, are told apart', () => {
    expect(without(['b', 'c'], ['a', 'b'])).toEqual(['c']);
    expect(without(['a', 'b'], ['b', 'c'])).toEqual(['a']);
  });
});
