import type { ComponentChildren } from 'preact';

/** A short message in place: what happened, what it means, and the buttons that help. */
export const Notice = ({
  tone,
  title,
  body,
  role,
  children,
}: {
  tone: 'neutral' | 'done' | 'needs-you';
  title: string;
  body?: string;
  role?: 'alert';
  children?: ComponentChildren;
}) => (
  <div class={`notice ${tone}`} role={role}>
    <b>{title}</b>
    {body ? <p>{body}</p> : null}
    {children ? <div class="actions">{children}</div> : null}
  </div>
);
