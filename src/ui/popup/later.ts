/** What the popup needs only after its first frame, and loads then. */

export { unwrapped } from '../../core/address/unwrap.ts';
export { fieldsFrom } from '../../core/capture/fields.ts';
export { factsOfTab } from '../../core/capture/tab-title.ts';
export { presetFor } from '../../core/settings/preset-sites.ts';
export { addressNote, type CleanedAddress } from './AddressNote.tsx';
export { type Databases, openDatabases } from './databases.tsx';
export { type Existing, type ExistingRow, openExisting } from './existing.tsx';
export { keepForm } from './keep.ts';
export { type Before, openProperties, type Properties, type Restored } from './properties.tsx';
export { SaveActions, SaveStatus } from './SaveStatus.tsx';
export { Trouble } from './Trouble.tsx';
