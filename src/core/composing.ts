/** While an input method is composing, every key is its own; 229 is what older ones say. */
export const isComposing = (event: { isComposing: boolean; keyCode: number }): boolean =>
  event.isComposing || event.keyCode === 229;
