import { useEffect } from 'preact/hooks';
import type { Client } from '../../../protocol/client.ts';
import { useSignal } from '../../components/live.ts';
import type { Model } from '../state.ts';

/** Leads to the page on which several tabs are saved; not from a save that is being changed. */
export const severalTabs = ({ client, changing }: Model) =>
  changing.value ? null : <SeveralTabs client={client} />;

function SeveralTabs({ client }: { client: Client }) {
  const selected = useSignal(1);
  useEffect(() => {
    void client.selectedTabs().then((count) => {
      selected.value = count;
    });
  }, []);
  const open = async () => {
    await client.openTabsPage();
    await client.closePopup();
  };
  return (
    <button type="button" class="quiet-link quiet" onClick={() => void open()}>
      {selected.value > 1
        ? client.text('popup_selected_tabs', String(selected.value))
        : client.text('popup_several_tabs')}
    </button>
  );
}
