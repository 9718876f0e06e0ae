import type { Model } from '../state.ts';

/** Leads to the page on which several tabs are saved; not from a save that is being changed. */
export const severalTabs = ({ client, changing }: Model) =>
  changing.value ? null : (
    <button
      type="button"
      class="quiet-link quiet"
      onClick={async () => {
        await client.openTabsPage();
        await client.closePopup();
      }}
    >
      {client.text('popup_several_tabs')}
    </button>
  );
