import { expect, it } from 'vitest';
import { failure } from '../../../../src/core/failure.ts';
import { newSave } from '../../../../src/core/save/new-save.ts';
import { reportOf } from '../../../../src/core/save/report.ts';

const capture = {
  url: 'https://private.example/secret?token=abc',
  title: 'Salary talks',
  description: 'With Ada.',
  tags: ['confidential'],
  at: Date.UTC(2026, 10, 2, 9, 30, 59),
  origin: 'quick-save' as const,
};
const save = {
  ...newSave('save-id', capture, 'source-id', 'bot-id', capture.at),
  state: 'needs-you' as const,
  tries: 3,
  failure: failure('values-refused', { detail: 'Salary talks is no multi_select', requestId: 'req-1' }),
};

it('tells what happened', () => {
  expect(reportOf(save).split('\n')).toEqual([
    'Rowmark, a save of the form 1: needs-you',
    'asked for by: quick-save, 2026-11-02T09:30Z',
    'first sent: not yet; tries: 3; next: 2026-11-02T09:30Z',
    'row: not known; last change: 2026-11-02T09:30Z',
    'characters: address 40, title 12, description 9; tags: 1',
    "why: values-refused, Notion's request req-1",
  ]);
});

it('tells what the browser may have made twice', () => {
  const repeats = {
    removed: ['row-id'],
    suspects: [{ id: 'other-id', url: 'https://app.notion.com/p/other' }],
  };
  const report = reportOf({ ...save, repeats });
  expect(report.split('\n')).toContain('second rows: 1 in the trash, 0 on the way there, 1 left to the user');
  for (const secret of ['row-id', 'other-id', 'app.notion']) expect(report).not.toContain(secret);
});

it('tells nothing of what was saved, or where', () => {
  const report = reportOf({ ...save, row: { id: 'row-id', url: 'https://app.notion.com/p/row' } });
  for (const secret of [
    'private',
    'secret',
    'Salary',
    'Ada',
    'confidential',
    'source-id',
    'bot-id',
    'save-id',
    'row-id',
    'app.notion',
    'multi_select',
  ])
    expect(report).not.toContain(secret);
});
