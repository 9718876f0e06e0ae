import { describe, expect, it } from 'vitest';
import { colorOf } from '../../../src/ui/components/color-of.ts';
import { remedyLabel } from '../../../src/ui/components/remedy.ts';

describe('the colour of a tag', () => {
  const options = [{ id: '1', name: 'JavaScript', color: 'yellow' as const }];
  it('is that of the option Notion takes it for', () => {
    expect(colorOf('javascript', options)).toBe('yellow');
  });
  it('is the default for a new one', () => {
    expect(colorOf('java', options)).toBe('default');
  });
});

describe('the button of a remedy', () => {
  it('is missing where nothing can be pressed', () => {
    expect(remedyLabel('none')).toBeNull();
    expect(remedyLabel('grant-access')).toBe('remedy_grant_access');
  });
});
