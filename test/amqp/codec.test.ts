import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Decoder, MalformedError } from '../../server/amqp/codec/decode';
import { encodeValue } from '../../server/amqp/codec/encode';
import { decodeHead, decodeMessage, encodeHeader, encodeMessage } from '../../server/amqp/codec/message';
import {
  type AmqpValue,
  binary,
  double,
  int,
  long,
  mapOf,
  symbol,
  textOf,
  ubyte,
  uint,
  ulong,
  ushort,
  uuid,
} from '../../server/amqp/codec/value';
import fc from '../support/fast-check';

const leaf: fc.Arbitrary<AmqpValue> = fc.oneof(
  fc.constant(null),
  fc.boolean(),
  fc.string({ unit: 'grapheme' }),
  fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
  fc.nat(255).map(ubyte),
  fc.nat(65_535).map(ushort),
  fc.nat(4_294_967_295).map(uint),
  fc.integer().map(int),
  fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }).map(ulong),
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(long),
  fc.double({ noNaN: true }).map(double),
  fc.uuid().map(uuid),
  fc.string().map((text) => symbol(text.replace(/[^ -~]/g, '?'))),
);

const { value } = fc.letrec<{ value: AmqpValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    leaf,
    fc.array(tie('value'), { maxLength: 5 }),
    fc.dictionary(fc.string(), tie('value'), { maxKeys: 5 }).map(mapOf),
  ),
}));

describe('AMQP values', () => {
  it('are read as they were written', () => {
    fc.assert(
      fc.property(value, (written) => {
        const decoder = new Decoder(encodeValue(written));
        assert.deepEqual(decoder.value(), written);
        assert.ok(decoder.atEnd);
      }),
    );
  });

  it('of any bytes are read or refused, and nothing else', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        try {
          decodeMessage(bytes);
        } catch (error) {
          assert.ok(error instanceof MalformedError, String(error));
        }
      }),
      { numRuns: 5_000 },
    );
  });

  it('survive one changed byte without another error than the expected one', () => {
    fc.assert(
      fc.property(value, fc.nat(), fc.nat(255), (written, at, byte) => {
        const bytes = encodeValue(written);
        bytes[at % bytes.length] = byte;
        try {
          new Decoder(bytes).value();
        } catch (error) {
          assert.ok(error instanceof MalformedError, String(error));
        }
      }),
      { numRuns: 2_000 },
    );
  });

  const hostile: readonly (readonly [name: string, hex: string])[] = [
    ['a list that claims four thousand million elements', 'd0000000 08ffffffff40404040'],
    ['an array of as many nulls', 'f000000005ffffffff40'],
    ['a string longer than its message', 'b1ffffffff41'],
    ['a hundred thousand descriptors in one another', '00'.repeat(100_000)],
    ['a hundred thousand lists in one another', `${'c0ff01'.repeat(30)}40`],
    ['a map without its last value', 'c1030153 01'],
    ['text that is no UTF-8', 'a101ff'],
  ];
  for (const [name, hex] of hostile) {
    it(`refuse ${name}`, () => {
      const bytes = Buffer.from(hex.replaceAll(' ', ''), 'hex');
      assert.throws(() => new Decoder(bytes).value(), MalformedError);
    });
  }
});

describe('AMQP messages', () => {
  const message = {
    header: { durable: true, priority: ubyte(7) },
    properties: { subject: 'news', correlationId: '12', replyTo: 'here' },
    applicationProperties: mapOf({ colour: 'red', count: uint(3) }),
    body: { kind: 'data', bytes: binary('body') },
  } as const;

  it('keep all their sections', () => {
    assert.deepEqual(decodeMessage(encodeMessage(message)), message);
  });

  it('can be read as far as their properties, and given another header', () => {
    const { message: head, rest } = decodeHead(encodeMessage(message));
    assert.deepEqual(head.header, message.header);
    assert.deepEqual(head.properties, message.properties);
    const header = { ...head.header, deliveryCount: uint(2) };
    assert.deepEqual(decodeMessage(Buffer.concat([encodeHeader(header), rest])), { ...message, header });
  });

  it('without a header are all rest', () => {
    const bytes = encodeMessage({ body: { kind: 'value', value: 'x' } });
    assert.deepEqual(decodeHead(bytes).rest, bytes);
  });

  it('join several data sections', () => {
    const one = encodeMessage({ body: { kind: 'data', bytes: binary('ab') } });
    const two = encodeMessage({ body: { kind: 'data', bytes: binary('cd') } });
    const { body } = decodeMessage(Buffer.concat([one, two]));
    assert.equal(body.kind === 'data' ? textOf(body.bytes) : body.kind, 'abcd');
  });
});
