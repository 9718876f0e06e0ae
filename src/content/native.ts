/**
 * Reading properties of the document past what the page named after them. In HTML a `<form name="querySelector">` or an
 * `<img name="title">` takes the place of the document's own property, also in an extension's isolated world
 * (https://html.spec.whatwg.org/multipage/dom.html#dom-tree-accessors); the prototypes still hold the real ones.
 */
function native(target: object, name: string): PropertyDescriptor | undefined {
  const prototype: object = Object.getPrototypeOf(target);
  const known = found.get(prototype) ?? new Map<string, PropertyDescriptor | undefined>();
  found.set(prototype, known);
  if (!known.has(name)) known.set(name, find(target, name));
  return known.get(name);
}

/** What was found before: the same few are asked for again and again. */
const found = new WeakMap<object, Map<string, PropertyDescriptor | undefined>>();

function find(target: object, name: string): PropertyDescriptor | undefined {
  for (let holder = Object.getPrototypeOf(target); holder !== null; holder = Object.getPrototypeOf(holder)) {
    const property = Object.getOwnPropertyDescriptor(holder, name);
    if (property) return property;
  }
  return undefined;
}

/** The value of the property `name` as the platform defines it. */
export function nativeGet<T extends object, K extends keyof T & string>(
  target: T,
  name: K,
): T[K] | undefined {
  const property = native(target, name);
  return property?.get ? property.get.call(target) : property?.value;
}

type MethodName<T> = { [K in keyof T]: T[K] extends (...args: never[]) => unknown ? K : never }[keyof T] &
  string;
/** A query's result, for the query methods, whose overloads would otherwise hide it. */
type Query = 'querySelector' | 'querySelectorAll' | 'getElementsByTagName';

/** Calls a query of `target` as the platform defines it. */
export function nativeQuery<N extends Query>(
  target: Document | Element,
  name: N,
  selector: string,
): N extends 'querySelector' ? Element | null : ArrayLike<Element> {
  return native(target, name)?.value.call(target, selector);
}

/** Calls the method `name` as the platform defines it. */
export function nativeCall<T extends object, N extends MethodName<T>>(
  target: T,
  name: N,
  ...args: unknown[]
): T[N] extends (...args: never[]) => infer R ? R : never {
  return native(target, name)?.value.call(target, ...args);
}
