/** Keys that choose a preset right after a quick save. */

/** Letters that mean something else in the toast. */
const TAKEN = 'tnsduoa';

/** Keys that a preset may have. */
export const PRESET_KEYS = [...'123456789abcdefghijklmnopqrstuvwxyz'].filter((key) => !TAKEN.includes(key));
