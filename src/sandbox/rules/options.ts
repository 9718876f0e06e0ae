import { failedValidation, instead, invalid, type Refusal, tooLong } from '../errors.ts';
import { uuid } from '../ids.ts';
import { type Color, colors, type Option, type Property } from '../model.ts';
import { pick, type Random } from '../random.ts';

/** Not in Notion's documents, but enforced by it. */
const maxName = 100;

/** Rules that hold for every option name, wherever it is written. */
export function brokenOptionName(name: string, path: string): Refusal | undefined {
  if (name === '') return failedValidation([`${path}.name should be populated, ${instead('')}`]);
  if (name.includes(',')) return invalid(`Invalid select option, commas not allowed: ${name}`);
  if (name.length > maxName) return failedValidation([tooLong(`${path}.name`, maxName, name.length)]);
  return undefined;
}

/** The first name that appears twice, ignoring case. */
export function repeatedName(names: readonly string[]): string | undefined {
  const seen = new Set<string>();
  return names.find((name) => {
    const key = name.toLowerCase();
    if (seen.has(key)) return true;
    seen.add(key);
    return false;
  });
}

export const optionNamed = (property: Property, name: string): Option | undefined =>
  property.options.find((option) => option.name === name) ??
  property.options.find((option) => option.name.toLowerCase() === name.toLowerCase());

/** Adds an option the way Notion does when a page write names a new one; which colour it gets is Notion's choice. */
export function addOption(property: Property, name: string, random: Random): Option {
  const option: Option = {
    id: uuid(random),
    name,
    color: pick(random, colors.slice(1) as readonly Color[]),
    description: null,
  };
  property.options.push(option);
  return option;
}
