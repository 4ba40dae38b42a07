import { guardNotification } from './guard';
import { trustGranted } from './requests';
import type { Feature } from './session';

/** Trust can be granted at any time, and never taken back without a restart. */
export const trust: Feature = {
  register({ connection, client, log }) {
    connection.onNotification(
      trustGranted,
      guardNotification(log, trustGranted, () => {
        client.trusted = true;
      }),
    );
  },
};
