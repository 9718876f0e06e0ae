import type { Template } from '../../core/database/destination.ts';
import type { MessageKey } from '../../core/text.ts';

/** The templates of a database, as choices of a select: none, the database's own default, or one of them. */
export const TemplateChoices = ({
  text,
  templates,
}: {
  text: (key: MessageKey, ...substitutions: string[]) => string;
  templates: readonly Template[];
}) => (
  <>
    <option value="">{text('template_none')}</option>
    {templates.some(({ isDefault }) => isDefault) ? (
      <option value="default">{text('template_default')}</option>
    ) : null}
    {templates.map(({ id, name }) => (
      <option key={id} value={id}>
        {name}
      </option>
    ))}
  </>
);
