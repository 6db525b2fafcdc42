export { scannerConnection, storageOf } from './connections.js';
export * from './contract.js';
export { flagsOf, proofClue, weighed, type Clue, type Doubt } from './doubt.js';
export { checkedPublications, messageIdOf, progressOf, publicationsOf, unreadable, type Publication } from './facts.js';
export { checkedFiles, knownFile, type FileLimits, type KnownFile, type Upload } from './files.js';
export { formDataOf, isFormData, Unreadable, uploadsIn } from './form-data.js';
export { ForbiddenAddress, guardedFetch, isPublic, TooLarge } from './guarded-fetch.js';
export * from './json.js';
export { Pace } from './pace.js';
export { problemAnswer, type Mistake, type Problem } from './problem.js';
export { Proofs, PROOFS, ProofSettings, type ProofChallenge, type ProofVerdict } from './proof.js';
export { runChannel, startChannel, type RunningChannel } from './run-channel.js';
export { isHmacSha256, isSameText } from './signatures.js';
export { ChannelSettings } from './settings.js';
export { CLIENT_ADDRESS, clientOf, RECEPTIONS } from './web.js';
export {
  ChoiceSetting,
  ConfigurationError,
  describeSettings,
  FlagSetting,
  JsonSetting,
  keysOf,
  ListSetting,
  loadSettings,
  scannerOf,
  TextSetting,
  UrlSetting,
  WholeSetting,
  type Keys,
  type Logger,
  type Reception,
  type Scan,
} from '@filodiretto/platform';
