import type { CreateFileUploadBody } from '../contract/requests.ts';
import { failedValidation, instead, invalid, isRefusal, type Refusable } from '../errors.ts';
import { findUpload, statusOf } from '../file-uploads.ts';
import { uuid } from '../ids.ts';
import type { FileUpload, HostedFile } from '../model.ts';
import { paginate, readPageQuery } from '../pagination.ts';
import { bareType, isTaken, typeOfName } from '../rules/file-types.ts';
import { shapeFileUpload } from '../shape/file-upload.ts';
import { type Call, endpoint, idParam, shapeList } from './endpoint.ts';

const MIB = 1024 * 1024;
/** What is larger has to be sent in parts. */
const maxSinglePart = 20 * MIB;
/** In bytes, not in characters. */
const maxName = 900;

/** What an upload is called and of what type it is, where that is known. */
type Declared = Pick<FileUpload, 'filename' | 'contentType'>;

const create = endpoint<CreateFileUploadBody>({
  method: 'POST',
  path: '/v1/file_uploads',
  bodyName: 'CreateFileUploadBodyParameters',
  needs: 'insert_content',
  handle(call, body) {
    const { world, caller, version } = call;
    const { mode = 'single_part', filename = null, content_type: contentType = null } = body;
    if (mode === 'multi_part') return invalid('The sandbox does not take files in several parts.');
    const plan = mode === 'external_url' ? planImport(call, body) : { declared: { filename, contentType } };
    if (isRefusal(plan)) return plan;
    const declared = acceptDeclared(plan.declared);
    if (isRefusal(declared)) return declared;
    const now = world.now();
    const file = 'file' in plan ? plan.file : undefined;
    const upload: FileUpload = {
      id: uuid(world.random),
      createdAt: now,
      editedAt: now,
      createdBy: caller.authorization.botId,
      mode,
      ...declared,
      contentLength: file?.length ?? null,
      import: file ? { at: now + world.settings.importLagMs, failure: file.failure } : null,
      isAttached: false,
    };
    world.state.fileUploads.set(upload.id, upload);
    return { body: shapeFileUpload(world, upload, version) };
  },
});

const send = endpoint<FormData>({
  method: 'POST',
  path: '/v1/file_uploads/:file_upload_id/send',
  takesForm: true,
  needs: 'insert_content',
  handle(call, form) {
    const { world, caller, version } = call;
    const upload = findUpload(world.state, caller, idParam(call, 'file_upload_id'));
    if (isRefusal(upload)) return upload;
    const status = statusOf(upload, world.now());
    if (status !== 'pending' || upload.mode !== 'single_part') {
      return invalid(
        `The file upload cannot be sent: its status is \`${status}\`, its mode \`${upload.mode}\`.`,
      );
    }
    const file = form.get('file');
    if (!(file instanceof File)) {
      return failedValidation([`body.file should be defined, ${instead(undefined)}`]);
    }
    const limit = Math.min(maxSinglePart, world.settings.maxFileBytes);
    if (file.size > limit) return tooLarge(file.size, limit);
    const sentType = file.type === '' ? null : bareType(file.type);
    if (upload.contentType !== null && sentType !== null && sentType !== upload.contentType) {
      return invalid(
        `The content type of the file, \`${sentType}\`, is not the declared \`${upload.contentType}\`.`,
      );
    }
    const declared = acceptDeclared({
      filename: upload.filename ?? file.name,
      contentType: upload.contentType ?? sentType,
    });
    if (isRefusal(declared)) return declared;
    if (declared.contentType === null) return unsupported(file.name);
    Object.assign(upload, { ...declared, contentLength: file.size, editedAt: world.now() });
    return { body: shapeFileUpload(world, upload, version) };
  },
});

const read = endpoint({
  method: 'GET',
  path: '/v1/file_uploads/:file_upload_id',
  handle(call) {
    const upload = findUpload(call.world.state, call.caller, idParam(call, 'file_upload_id'));
    return isRefusal(upload) ? upload : { body: shapeFileUpload(call.world, upload, call.version) };
  },
});

const list = endpoint({
  method: 'GET',
  path: '/v1/file_uploads',
  handle(call) {
    const { world, caller, query, version } = call;
    const request = readPageQuery(query);
    if (isRefusal(request)) return request;
    const wanted = query.get('status');
    const uploads = [...world.state.fileUploads.values()].filter(
      (upload) =>
        upload.createdBy === caller.authorization.botId &&
        (wanted === null || statusOf(upload, world.now()) === wanted),
    );
    const listing = paginate(uploads, request, `file uploads ${wanted}`);
    if (isRefusal(listing)) return listing;
    const results = listing.results.map((upload) => shapeFileUpload(world, upload, version));
    return shapeList(world, 'file_upload', { ...listing, results });
  },
});

export const fileUploadEndpoints = [create, list, send, read];

const tooLarge = (size: number, limit: number) =>
  invalid(`The file is ${size} bytes, which is more than the limit of ${limit} bytes.`);

const unsupported = (what: string) => invalid(`Files of this type are not supported: ${what}`);

/** A name and a type that Notion takes and that agree; each says the other where only one is given. */
function acceptDeclared({ filename, contentType }: Declared): Refusable<Declared> {
  const bytes = new TextEncoder().encode(filename ?? '').length;
  if (bytes > maxName) {
    return failedValidation([
      `body.filename should be at most \`${maxName}\` bytes, instead was \`${bytes}\``,
    ]);
  }
  const type = contentType === null ? null : bareType(contentType);
  if (type !== null && !isTaken(type)) return unsupported(type);
  const named = filename === null ? undefined : typeOfName(filename);
  if (filename !== null && named === undefined && (type === null || /\.[^.]+$/.test(filename))) {
    return unsupported(filename);
  }
  if (named !== undefined && type !== null && named !== type) {
    return invalid(`The content type \`${type}\` does not agree with the name \`${filename}\`.`);
  }
  return { filename, contentType: type ?? named ?? null };
}

interface ImportPlan {
  declared: Declared;
  file: HostedFile;
}

/** What Notion sees of an address before it takes on to fetch it. */
function planImport(
  { world }: Call,
  { external_url: url, filename, content_type: contentType }: CreateFileUploadBody,
): Refusable<ImportPlan> {
  const path = 'body.external_url';
  if (url === undefined) return failedValidation([`${path} should be defined, ${instead(undefined)}`]);
  const isPublic = URL.canParse(url) && isOfPublicHost(new URL(url));
  if (!isPublic) return failedValidation([`${path} should be a public HTTPS URL, ${instead(url)}`]);
  const lastStep = new URL(url).pathname.split('/').at(-1) ?? '';
  const file = world.state.web.get(url) ?? {
    contentType: typeOfName(lastStep) ?? null,
    length: 1024,
    failure: null,
  };
  if (file.contentType === null) return invalid('The server of `external_url` did not send a Content-Type.');
  const limit = world.settings.maxFileBytes;
  if (file.length > limit) return tooLarge(file.length, limit);
  const served = bareType(file.contentType);
  if (contentType !== undefined && bareType(contentType) !== served) {
    return invalid(`The content type \`${contentType}\` is not what the server sends, \`${served}\`.`);
  }
  const ownName = typeOfName(lastStep) === served ? lastStep : null;
  return { declared: { filename: filename ?? ownName, contentType: served }, file };
}

/** What anybody can reach: by a name that is not of a local network, over TLS. */
const isOfPublicHost = ({ protocol, hostname }: URL): boolean =>
  protocol === 'https:' && hostname.includes('.') && !/^[\d.]+$|^\[|\.(?:local|internal)$/.test(hostname);
