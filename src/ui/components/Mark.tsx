/** Rowmark's mark: a row with a bookmark's ribbon in it. Drawn by the style sheet. */
export const Mark = () => <span class="mark" />;
