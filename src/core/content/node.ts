/**
 * A piece of a page, without a DOM: text, or an element by its HTML name in lower case with the attributes that matter. The
 * reader of pages makes it, and blocks are made of it. What the reader has made plain before:
 *
 * - `href`, `src`, `cite` are absolute (http, https, mailto, tel); `src` may also be `data:` or `blob:`. Others are left out.
 * - `pre` has its exact text as its one child, and `language` as the page names it, in lower case, where it does.
 * - `math` has `latex` and `display` ("block" or "inline"), and no children.
 * - `li` with a box to tick has `checked`, "true" or "false".
 * - `aside` is a callout, with `kind`: info, tip, warning, danger, note.
 * - `sup` with `footnote` (its number or sign) refers to a footnote.
 * - `img` has `src`, and `alt`, `width`, `height` (CSS pixels) where they are known; or `file`, the number of a picture whose bytes
 *   come along, and then `src` only where it is a web address.
 * - `blockquote` with `cite` may be a post of a social network, by its address.
 */
export type ContentNode = string | ContentElement;

export type ContentElement = {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly ContentNode[];
};
