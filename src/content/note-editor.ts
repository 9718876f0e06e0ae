import { createField, type Editor, type EditorWays } from './editor.ts';
import { create } from './elements.ts';

/** One line of text; Enter keeps it. */
export function createNoteEditor({ page, actions, labels, keep, close }: EditorWays): Editor {
  const element = create(page, 'div', 'field');
  const input = createField(page, labels.note);
  input.spellcheck = true;
  input.value = actions.note;
  element.append(input);

  function done(): void {
    const note = input.value.trim();
    if (note === actions.note.trim()) close();
    else keep({ note });
  }
  return {
    element,
    begin() {
      input.focus();
      input.setSelectionRange(input.value.length, input.value.length);
    },
    keydown({ key }) {
      if (key === 'Enter') done();
      return key === 'Enter';
    },
    done,
  };
}
