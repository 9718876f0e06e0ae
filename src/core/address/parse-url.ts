/** The address parsed; null where that cannot be. */
export function parseUrl(url: string): URL | null {
  // In Node 20, `URL.canParse` that has been called often denies addresses with letters of Latin-1, such as `ü`, in them.
  try {
    return new URL(url);
  } catch {
    return null;
  }
}
