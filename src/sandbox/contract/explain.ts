import type { ErrorObject } from 'ajv';
import { instead } from '../errors.ts';

interface Complaint {
  /** Of the object or value that is wrong, as a JSON pointer. */
  at: string;
  depth: number;
  /** Which branch of a union complained. */
  branch: string;
  kind: 'missing' | 'extra' | 'other';
  line: string;
}

/**
 * Puts a validator's errors into lines like Notion's. A value that fits no branch of a union is refused by every branch;
 * kept are the complaints of the branch that got furthest into the value, which is the one the sender meant.
 */
export function explain(errors: readonly ErrorObject[]): string[] {
  const complaints = errors.filter(({ keyword }) => keyword !== 'anyOf' && keyword !== 'if').map(complaintOf);
  const failedBranches = new Set(
    complaints.filter(({ kind }) => kind === 'missing').map(({ branch, at }) => `${branch} ${at}`),
  );
  const meant = complaints.filter((one) => {
    // Extra keys are no news in a branch that also misses its own key, unless every branch does.
    if (one.kind === 'extra' && failedBranches.has(`${one.branch} ${one.at}`)) return false;
    return !complaints.some((other) => other !== one && goesFurther(other, one, failedBranches));
  });
  const lines = [...new Set((meant.length > 0 ? meant : complaints).map(({ line }) => line))];
  return lines.slice(0, 40);
}

function goesFurther(other: Complaint, one: Complaint, failedBranches: ReadonlySet<string>): boolean {
  const below = other.at === one.at || other.at.startsWith(`${one.at}/`);
  if (!below || other.branch === one.branch) return false;
  if (other.depth > one.depth) return true;
  // At the same place, a branch whose own key is there was meant rather than one whose key is missing.
  return (
    one.kind === 'missing' && other.kind === 'extra' && !failedBranches.has(`${other.branch} ${other.at}`)
  );
}

function complaintOf(error: ErrorObject): Complaint {
  const branch = error.schemaPath.replace(/\/[^/]+$/, '');
  const params = error.params as Record<string, unknown>;
  const path = pathOf(error.instancePath);
  const depth = error.instancePath.split('/').length;
  if (error.keyword === 'required') {
    const line = `${path}.${String(params.missingProperty)} should be defined, ${instead(undefined)}`;
    return { at: error.instancePath, depth: depth + 1, branch, kind: 'missing', line };
  }
  if (error.keyword === 'additionalProperties') {
    const key = String(params.additionalProperty);
    const value = (error.data as Record<string, unknown>)[key];
    const line = `${path}.${key} should be not present, ${instead(short(value))}`;
    return { at: error.instancePath, depth: depth + 1, branch, kind: 'extra', line };
  }
  return { at: error.instancePath, depth, branch, kind: 'other', line: `${path} ${wanted(error)}` };
}

function wanted({ keyword, params, data }: ErrorObject): string {
  const was = instead(short(data));
  switch (keyword) {
    case 'type':
      return `should be ${[params.type].flat().map(typeWords).join(' or ')}, ${was}`;
    case 'const':
      return `should be \`${JSON.stringify(params.allowedValue)}\`, ${was}`;
    case 'enum':
      return `should be ${(params.allowedValues as unknown[]).map((one) => `\`${JSON.stringify(one)}\``).join(' or ')}, ${was}`;
    case 'format':
      return `should be a valid uuid, ${was}`;
    case 'not':
      return `should be not present, ${was}`;
    default:
      return `should satisfy ${keyword}, ${was}`;
  }
}

function typeWords(type: unknown): string {
  if (type === 'null') return '`null`';
  return type === 'object' || type === 'array' ? `an ${type}` : `a ${String(type)}`;
}

/** `/properties/Name/title/0` becomes `body.properties.Name.title[0]`. */
function pathOf(pointer: string): string {
  const steps = pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
  return `body${steps.map((step) => (/^\d+$/.test(step) ? `[${step}]` : `.${step}`)).join('')}`;
}

const short = (value: unknown): unknown =>
  typeof value === 'string' && value.length > 120 ? `${value.slice(0, 120)}…` : value;
