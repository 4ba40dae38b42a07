import type { Signature } from '../text/features';
import { span } from '../text/span';
import type { Option } from './catalogue';
import { describeDefault, describeType } from './describe';
import type { ConfDocument } from './model';
import { valuePlaceAt } from './value-place';

/** While a value is typed: what may stand there. */
export function signature(document: ConfDocument, cursor: number): Signature | undefined {
  const place = valuePlaceAt(document, cursor);
  return place && describe(place.option);
}

function describe(option: Option): Signature {
  const label = `${option.name}=${describeType(option)}`;
  const facts = [
    option.summary,
    `Default: ${describeDefault(option)}.`,
    ...(option.deprecated === undefined ? [] : [`Deprecated. ${option.deprecated}`]),
  ];
  return { label, value: span(option.name.length + 1, label.length), documentation: facts.join('\n\n') };
}
