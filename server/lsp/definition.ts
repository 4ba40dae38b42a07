import { guardRequest } from './guard';
import { namedAtPosition, toLocations } from './named';
import type { Feature } from './session';

/** From the end of a replication to its broker. */
export const definition: Feature = {
  capabilities: () => ({ definitionProvider: true }),
  register(session) {
    session.connection.onDefinition(
      guardRequest(session.log, 'textDocument/definition', (params) => {
        const named = namedAtPosition(session, params);
        return named === undefined ? null : toLocations(session, named.definitions);
      }),
    );
  },
};
