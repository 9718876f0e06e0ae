/** Defuddle's own part of its package, under the name by which the package hands it out; see `article-library.ts`. */
export { Defuddle as default } from 'defuddle/dist/defuddle.js';
