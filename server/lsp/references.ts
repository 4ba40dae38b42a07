import { guardRequest } from './guard';
import { namedAtPosition, toLocations } from './named';
import type { Feature } from './session';

/** All places that name a broker, or a host. */
export const references: Feature = {
  capabilities: () => ({ referencesProvider: true }),
  register(session) {
    session.connection.onReferences(
      guardRequest(session.log, 'textDocument/references', (params) => {
        const named = namedAtPosition(session, params);
        if (named === undefined) return null;
        const declared = params.context.includeDeclaration ? named.definitions : [];
        return toLocations(session, [...declared, ...named.uses]);
      }),
    );
  },
};
