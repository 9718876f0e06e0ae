/** What the background asks all pages of the extension: whether one of them is changing that save. Such a page answers `true`. */
export type EditingQuestion = { type: 'is-edited'; saveId: string };
