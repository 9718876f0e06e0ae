/**
 * Refusals: what the sandbox answers instead of a result, in Notion's envelope and, where they were seen, Notion's words.
 * They are values, returned by every check; `instanceof Refusal` tells them from results.
 */

export interface RefusalDetails {
  /** Notion's `additional_data`: strings, or lists of strings. */
  additionalData?: Record<string, string | string[]>;
  headers?: Record<string, string>;
}

export class Refusal {
  readonly additionalData: Record<string, string | string[]> | undefined;
  readonly headers: Record<string, string>;

  constructor(
    readonly status: number,
    readonly code: string,
    readonly message: string,
    details: RefusalDetails = {},
  ) {
    this.additionalData = details.additionalData;
    this.headers = details.headers ?? {};
  }
}

export type Refusable<T> = T | Refusal;

export const isRefusal = <T>(value: Refusable<T>): value is Refusal => value instanceof Refusal;

export const invalid = (message: string, additionalData?: Record<string, string | string[]>): Refusal =>
  new Refusal(400, 'validation_error', message, additionalData ? { additionalData } : {});

/** One or several broken rules of a body, put the way Notion does. */
export const failedValidation = (lines: readonly string[], what = 'body'): Refusal =>
  invalid(
    lines.length === 1
      ? `${what} failed validation: ${lines[0]}.`
      : `${what} failed validation. Fix one:\n${lines.map((line) => `${line}.`).join('\n')}`,
  );

export const unauthorized = (): Refusal => new Refusal(401, 'unauthorized', 'API token is invalid.');

export const restricted = (): Refusal =>
  new Refusal(403, 'restricted_resource', 'Insufficient permissions for this endpoint.');

export type Findable = 'page' | 'database' | 'data_source' | 'block' | 'user' | 'file_upload';

/** Not there and not shared are the same answer. */
export const notFound = (
  what: Findable,
  id: string,
  connection: { name: string; clientId: string },
): Refusal =>
  new Refusal(
    404,
    'object_not_found',
    `Could not find ${what} with ID: ${id}. Make sure the relevant pages and databases are shared with your integration "${connection.name}".`,
    { additionalData: { integration_id: connection.clientId } },
  );

export const inTrash = (): Refusal =>
  invalid("Can't edit block that is archived. You must unarchive the block before editing.");

/** How a value is quoted in a validation message. */
export const instead = (value: unknown): string =>
  `instead was \`${value === undefined ? 'undefined' : JSON.stringify(value)}\``;

export const tooLong = (path: string, limit: number, length: number): string =>
  `${path}.length should be ≤ \`${limit}\`, instead was \`${length}\``;
