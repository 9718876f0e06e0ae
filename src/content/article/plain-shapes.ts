/**
 * What a copied element says, beside the copy. A library that chooses among the copy's elements renames them, takes their
 * attributes and whole kinds of them out; so what it must not spoil stands here, and the copy has only a mark that leads to it.
 */
export type Shape = {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** Its exact text, which is then its only child. */
  readonly text?: string;
  /** Nothing that stands in the copy below it is its content. */
  readonly isLeaf?: boolean;
};

/** The attribute of a copied element that says which shape is its own. */
export const MARK = 'data-rowmark';

/** What a mark looks like, for libraries that are told which frames to leave. */
export const MARKED = /^rowmark-\d+$/;

export class Shapes {
  readonly all: Shape[] = [];

  /** Gives `element` that shape. Marks are numbered in the order of the document. */
  mark(element: Element, shape: Shape): void {
    element.setAttribute(MARK, `rowmark-${this.all.push(shape) - 1}`);
  }

  /** The number of the element's mark, or -1. */
  numberOf(element: Element): number {
    const mark = element.getAttribute(MARK);
    return mark && MARKED.test(mark) ? Number(mark.slice('rowmark-'.length)) : -1;
  }

  of(element: Element): Shape | undefined {
    return this.all[this.numberOf(element)];
  }
}
