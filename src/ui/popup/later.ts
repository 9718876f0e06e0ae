/** What the popup needs only after its first frame, and loads then. */
export { openProperties, type Properties } from './properties.tsx';
export { SaveActions, SaveStatus } from './SaveStatus.tsx';
