/** Hands a file to the browser, which puts it where downloads go, or asks. */
export function saveFile(name: string, type: string, content: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([content], { type }));
  link.download = name;
  link.click();
  // The browser has begun to read it when the click is over.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
