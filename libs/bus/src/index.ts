export { Bus, NotAnswered, NotPublished, type BusOptions } from './bus.js';
export { type BusLog, type ContextKeeper, type WorkContext } from './context.js';
export { Delivery } from './delivery.js';
export { connectJetStream, JetStreamServer, type AnswerExtras, type ConsumerExtras } from './jetstream.server.js';
export { type StreamLimits } from './streams.js';
export { PARTITIONS, partitionOf, subjects, token, type InFact, type Subject } from './subjects.js';
export { checked, checkedEvent, InvalidPayload } from './validation.js';
