import type { Rule } from '../../text/rule';
import { type ConfDocument, settingsOf } from '../model';
import { moduleFileName } from '../modules';
import { withoutQuotes } from '../values/meant';
import { bad, good } from './report';

export const twoStores: Rule<ConfDocument> = {
  id: 'conf/two-stores',
  title: 'Two stores at once',
  severity: 'warning',
  why: 'linearstore and legacystore define options of the same names, and a broker can have one store only: with both it gives up at start-up.',
  source: 'broker/Broker.cpp:513 setStore',
  bad: [
    bad(
      'load-module=/usr/lib64/qpid/daemon/linearstore.so\nload-module=/usr/lib64/qpid/daemon/legacystore.so\n',
    ),
  ],
  good: [good('load-module=/usr/lib64/qpid/daemon/legacystore.so\n')],
  check(document, report) {
    const load = settingsOf(document, 'load-module');
    const named = (file: string) =>
      load.find(({ text }) => text.includes('/') && moduleFileName(withoutQuotes(text) ?? text) === file);
    const [linear, legacy] = [named('linearstore.so'), named('legacystore.so')];
    if (linear === undefined || legacy === undefined) return;
    const { uri } = document.source;
    report({
      uri,
      span: legacy.value,
      message: 'A broker can have one store only, and gives up with two: remove one of the two lines.',
      related: [{ uri, span: linear.value, message: 'The other store is loaded here.' }],
    });
  },
};
