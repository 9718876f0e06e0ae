/** What the popup needs only after its first frame, and loads then: nothing outside imports this statically. */

export { unwrapped } from '../../../core/address/unwrap.ts';
export { fieldsFrom } from '../../../core/capture/fields.ts';
export { factsOfTab } from '../../../core/capture/tab-title.ts';
export { presetFor } from '../../../core/settings/preset-sites.ts';
export { addressNote } from './AddressNote.tsx';
export { openDatabases } from './databases.tsx';
export { openExisting } from './existing.tsx';
export { keepForm } from './keep.ts';
export { openProperties } from './properties.tsx';
export { SaveActions, SaveStatus } from './SaveStatus.tsx';
export { severalTabs } from './SeveralTabs.tsx';
export { Trouble } from './Trouble.tsx';
