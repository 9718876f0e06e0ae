/** Where in `storage.session` it lies what the popup over that tab was opened for. */
export const popupSubjectKey = (tabId: number): string => `popup:${tabId}`;
