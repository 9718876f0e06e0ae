import type { Parent } from '../model.ts';
import type { State } from '../state.ts';

export function shapeParent(state: State, parent: Parent): Record<string, unknown> {
  switch (parent.type) {
    case 'workspace':
      return { type: 'workspace', workspace: true };
    case 'data_source_id':
      return {
        type: 'data_source_id',
        data_source_id: parent.id,
        database_id: state.dataSources.get(parent.id)?.databaseId,
      };
    default:
      return { type: parent.type, [parent.type]: parent.id };
  }
}
