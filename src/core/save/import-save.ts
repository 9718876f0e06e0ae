/** The saves of imports: many, of which each ends in the report of its import and nowhere else. */

/** The save of an entry; `undo`: that which takes its row back. No other save has such an id, nor the same entry sent again. */
export const importSaveId = (
  jobId: string,
  { number, again = 0 }: { number: number; again?: number | undefined },
  what: 'save' | 'undo' = 'save',
): string => `import~${jobId}~${number}${again > 0 ? `~${again}` : ''}${what === 'undo' ? '~undo' : ''}`;

export const isImportSave = (saveId: string): boolean => saveId.startsWith('import~');
