import type { Icon } from './destination.ts';

/** An icon and a name where only text can be shown. */
export const labelOf = (icon: Icon, name: string): string =>
  icon && 'emoji' in icon ? `${icon.emoji} ${name}` : name;
