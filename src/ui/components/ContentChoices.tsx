import type { Client } from '../../protocol/client.ts';

/** What of a page itself can go into its row's page, as options of a select. */
export const ContentChoices = ({ text }: Pick<Client, 'text'>) => (
  <>
    <option value="">{text('content_nothing')}</option>
    <option value="selection">{text('content_selection')}</option>
    <option value="article">{text('content_article')}</option>
  </>
);
