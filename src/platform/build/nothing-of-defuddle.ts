/** Stands in for the parts of Defuddle that are left out; see `article-library.ts`. */

const none = (): null => null;

export const ExtractorRegistry = {
  findExtractor: none,
  findAsyncExtractor: none,
  findPreferredAsyncExtractor: none,
};
export const standardizeContent = none;
export const standardizeExtractorOutput = none;
