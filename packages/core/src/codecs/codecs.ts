import type * as t from 'io-ts';
import type { ThreadEvent, Usage } from '../events/events.js';
import type { ThreadItem } from '../events/items.js';
import { eventSchemas, threadEventSchema, usageSchema } from '../events/schema/events.js';
import { itemSchemas, threadItemSchema } from '../events/schema/items.js';
import type { Schema, TypeOf } from '../events/schema/schema.js';
import { createCodec } from './create-codec.js';

type CodecsOf<Schemas> = { readonly [Name in keyof Schemas]: t.Type<TypeOf<Schemas[Name]>> };

function createCodecs<Schemas extends Readonly<Record<string, Schema<unknown>>>>(schemas: Schemas): CodecsOf<Schemas> {
  return Object.fromEntries(
    Object.entries(schemas).map(([name, schema]) => [name, createCodec(schema)]),
  ) as CodecsOf<Schemas>;
}

/** The codec of each event type. */
export const eventCodecs: CodecsOf<typeof eventSchemas> = createCodecs(eventSchemas);

/** Accepts any event. The codec of its `type` decides. */
export const threadEventCodec: t.Type<ThreadEvent> = createCodec(threadEventSchema);

/** The codec of each item type. */
export const itemCodecs: CodecsOf<typeof itemSchemas> = createCodecs(itemSchemas);

/** Accepts any item. The codec of its `type` decides. */
export const threadItemCodec: t.Type<ThreadItem> = createCodec(threadItemSchema);

/** The codec of token counts. */
export const usageCodec: t.Type<Usage> = createCodec(usageSchema);
