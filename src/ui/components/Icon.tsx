import { useState } from 'preact/hooks';
import type { Icon as NotionIcon } from '../../core/notion/destination.ts';

/** A database's, page's or workspace's icon, always of the same size; a plain sheet where there is none to show. */
export function Icon({ icon }: { icon: NotionIcon }) {
  const [isBroken, setBroken] = useState(false);
  if (icon && 'emoji' in icon) {
    return (
      <span class="icon" aria-hidden="true">
        {icon.emoji}
      </span>
    );
  }
  if (icon && !isBroken) {
    return (
      <img class="icon" src={icon.url} alt="" referrerpolicy="no-referrer" onError={() => setBroken(true)} />
    );
  }
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
