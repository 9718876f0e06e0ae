/** A text as it is compared with what somebody types. */

const IS_ASCII = /^[ -~]*$/;

/**
 * Accents of Latin, Greek and Cyrillic letters, and the points of Hebrew and Arabic, which few people type. The marks of
 * other scripts are letters to those who read them: Japanese か and が, Hindi कल and कुल. And joiners and all else that draws
 * nothing by itself: some write it, others do not, and nobody sees which.
 */
const NOT_COMPARED =
  /[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\p{Default_Ignorable_Code_Point}\ufff9-\ufffb]/gu;

/** Lower case, without accents. */
export const fold = (text: string): string =>
  // Most names are ASCII, where there is nothing to take apart: a fifth of the time.
  IS_ASCII.test(text) ? text.toLowerCase() : text.normalize('NFKD').replace(NOT_COMPARED, '').toLowerCase();
