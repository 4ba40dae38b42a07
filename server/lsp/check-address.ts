import { parseEndpoint } from '../address/endpoint';
import { guardRequest } from './guard';
import { type CheckAddressParams, checkAddress as method } from './requests';
import type { Feature } from './session';

/** What is wrong with an address while the user types it, as a sentence; null when it is good. */
export const checkAddress: Feature = {
  register({ connection, log }) {
    connection.onRequest(
      method,
      guardRequest(log, method, ({ address }: CheckAddressParams) => {
        if (address === '') return 'An address is needed.';
        const parsed = parseEndpoint(address);
        return parsed.ok ? null : `Not an address: ${parsed.reason}.`;
      }),
    );
  },
};
