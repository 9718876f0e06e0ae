import { useState } from 'preact/hooks';
import type { Icon as NotionIcon } from '../../core/database/destination.ts';
import { isNotionFile } from '../../core/database/picture.ts';

/** What stands for a name where there is no picture: its first letter, whole also where it is of several code points. */
const letterOf = (name: string): string | undefined => {
  const [first] = new Intl.Segmenter().segment(name.trim());
  return first?.segment.toLocaleUpperCase();
};

/**
 * A database's, page's or workspace's icon, always of the same size; the first letter of its name where there is none to
 * show, and a plain sheet where there is no name either. Nothing else in these pages shows a picture from elsewhere.
 */
export function Icon({ icon, name }: { icon: NotionIcon; name: string }) {
  const [broken, setBroken] = useState('');
  if (icon && 'url' in icon && isNotionFile(icon.url)) {
    const { url, until } = icon;
    if (url !== broken && !(until && until < Date.now())) {
      return (
        <img class="icon" src={url} alt="" referrerpolicy="no-referrer" onError={() => setBroken(url)} />
      );
    }
  }
  if (icon && 'emoji' in icon) {
    return (
      <span class="icon" aria-hidden="true">
        {icon.emoji}
      </span>
    );
  }
  const letter = letterOf(name);
  // Drawn by the style sheet: it is no part of the name that stands beside it.
  if (letter) return <span class="icon" data-letter={letter} aria-hidden="true" />;
  return (
    <svg
      class="icon"
      viewBox="0 0 20 20"
      fill="none"
      stroke="currentColor"
      stroke-width="1.4"
      aria-hidden="true"
    >
      <rect x="3" y="4" width="14" height="12" rx="2" />
      <path d="M3 8.5h14M8 8.5V16" />
    </svg>
  );
}
