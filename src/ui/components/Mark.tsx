/** Rowmark's mark: a row with a bookmark's ribbon in it. */
export const Mark = () => (
  <svg class="mark" viewBox="0 0 24 24" fill="none" aria-hidden="true">
    <rect x="2.5" y="6" width="19" height="12" rx="3.2" stroke="currentColor" stroke-width="1.8" />
    <path d="M14.2 6v7.2l2.4-1.9 2.4 1.9V6z" fill="currentColor" />
    <path d="M5.8 10h5M5.8 14h4" stroke="currentColor" stroke-width="1.8" stroke-linecap="round" />
  </svg>
);
