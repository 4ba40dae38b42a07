import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { semanticTokens } from '../../server/qpidd-conf/semantic-tokens';
import fc from '../support/fast-check';
import { anyConf } from './arbitrary';
import { conf } from './support';

/** `text:type` of every token, with `-` behind what is deprecated. */
function tokens(text: string): string {
  return semanticTokens(conf(text), { start: 0, end: text.length })
    .map(
      ({ span, type, deprecated }) => `${text.slice(span.start, span.end)}:${type}${deprecated ? '-' : ''}`,
    )
    .join(' ');
}

describe('names and values', () => {
  const cases: readonly (readonly [text: string, tokens: string])[] = [
    ['auth=no # c', 'auth:property no:keyword'],
    ['daemon=YES\r\n', 'daemon:property YES:keyword'],
    [
      'port=5672\nlink-heartbeat-interval=5s',
      'port:property 5672:number link-heartbeat-interval:property 5s:number',
    ],
    ['ha-replicate=all', 'ha-replicate:property all:enumMember'],
    ['ha-brokers-url=h1,h2', 'ha-brokers-url:property h1,h2:string'],
    ['log-enable=debug+:HA', 'log-enable:property debug+:HA:enumMember'],
    ['queue-patterns=^a', 'queue-patterns:property ^a:regexp'],
    ['auth=', 'auth:property'],
    ['auth', 'auth:property'],
    ['port=x', 'port:property x:invalid'],
    ['no-such-option=1', 'no-such-option:invalid'],
    ['load-module=/x/y.so\nno-such-option=1', 'load-module:property /x/y.so:string no-such-option:property'],
    ['ha-clster=yes', 'ha-clster:invalid yes:keyword'],
    ['cluster-mechanism=PLAIN', 'cluster-mechanism:invalid-'],
    ['password=x', 'password:invalid'],
    [
      'load-module=/x/legacystore.so\nnum-jfiles=8',
      'load-module:property /x/legacystore.so:string num-jfiles:property- 8:number',
    ],
    ['no-module-dir=yes\nha-cluster=no', 'no-module-dir:property yes:keyword ha-cluster:invalid no:keyword'],
    ['# a=b\n[x]', ''],
  ];
  for (const [text, expected] of cases) {
    test(JSON.stringify(text), () => assert.equal(tokens(text), expected));
  }
});

test('tokens stand in the text, in order, apart from each other, and never empty', () => {
  fc.assert(
    fc.property(anyConf, (text) => {
      let end = 0;
      for (const { span } of semanticTokens(conf(text), { start: 0, end: text.length })) {
        assert.ok(end <= span.start && span.start < span.end && span.end <= text.length);
        end = span.end;
      }
    }),
    { numRuns: 1500 },
  );
});
