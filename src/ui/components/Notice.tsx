import type { ComponentChildren } from 'preact';

export type Tone = 'neutral' | 'done' | 'needs-you';

/** A short message in place: what happened, what it means, and the buttons that help. */
export const Notice = ({
  tone,
  title,
  body,
  detail,
  role,
  children,
}: {
  tone: Tone;
  title: string;
  body?: string;
  /** Somebody else's words, in whatever language they are. */
  detail?: string | undefined;
  role?: 'alert';
  children?: ComponentChildren;
}) => (
  <div class={`notice ${tone}`} role={role}>
    <b>{title}</b>
    {body ? <p>{body}</p> : null}
    {detail ? <p class="detail">{detail}</p> : null}
    {children ? <div class="actions">{children}</div> : null}
  </div>
);
