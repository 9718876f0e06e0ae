/** What the popup needs only after its first frame, and loads then. */
export { completeTags } from '../../core/tags/complete.ts';
export { tagLikelihoods } from '../../core/tags/usage.ts';
export { type Databases, openDatabases } from './databases.tsx';
export { openProperties, type Properties } from './properties.tsx';
export { SaveActions, SaveStatus } from './SaveStatus.tsx';
