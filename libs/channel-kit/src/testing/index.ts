export { channelContract } from './channel-contract.js';
export {
  notApplicable,
  type ChannelHarness,
  type ConnectionHarness,
  type Delivery,
  type ListenHarness,
  type NotApplicable,
  type Said,
  type SendHarness,
  type WebhookHarness,
} from './harness.js';
export { memoryHost, MemoryHost, type HouseBreaks, type MemoryHostOptions } from './memory-host.js';
export { openChannel, reopenChannel, type OpenChannel } from './open-channel.js';
