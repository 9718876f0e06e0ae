import { LAPSES_AFTER, statusOf } from '../file-uploads.ts';
import type { ApiVersion, FileUpload } from '../model.ts';
import type { World } from '../state.ts';
import { toMinute } from '../time.ts';
import { archivedField } from './data-source.ts';
import { extraFields } from './extra.ts';

export function shapeFileUpload(
  world: World,
  upload: FileUpload,
  version: ApiVersion,
): Record<string, unknown> {
  const status = statusOf(upload, world.now());
  const isWaitedFor = status === 'pending' && upload.mode === 'single_part';
  return {
    object: 'file_upload',
    id: upload.id,
    created_time: toMinute(upload.createdAt),
    created_by: { id: upload.createdBy, type: 'bot' },
    last_edited_time: toMinute(upload.editedAt),
    expiry_time: upload.isAttached ? null : toMinute(upload.createdAt + LAPSES_AFTER),
    ...(isWaitedFor ? { upload_url: `https://api.notion.com/v1/file_uploads/${upload.id}/send` } : {}),
    in_trash: false,
    status,
    filename: upload.filename,
    content_type: upload.contentType,
    content_length: status === 'uploaded' ? upload.contentLength : null,
    ...(status === 'pending' ? {} : importResult(upload)),
    ...archivedField(version, false),
    ...extraFields(world, 'file_upload'),
  };
}

/** What became of Notion's own fetching. */
function importResult({ import: fetched }: FileUpload): Record<string, unknown> {
  if (!fetched) return {};
  const time = { imported_time: new Date(fetched.at).toISOString() };
  if (fetched.failure === null) return { file_import_result: { ...time, type: 'success', success: {} } };
  const error = {
    type: 'download_error',
    code: fetched.failure,
    message: 'The file could not be fetched.',
    parameter: 'external_url',
    status_code: null,
  };
  return { file_import_result: { ...time, type: 'error', error } };
}
