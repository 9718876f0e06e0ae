/** What the popup needs only after its first frame, and loads then. */
export { completeTags } from '../../core/tags/complete.ts';
export { tagLikelihoods } from '../../core/tags/usage.ts';
export { type Before, openProperties, type Properties, type Restored } from './properties.tsx';
export { SaveActions, SaveStatus } from './SaveStatus.tsx';
