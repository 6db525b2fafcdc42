import { Flag, ListOf, Text, Whole } from '../fields.js';
import { TopicRef } from './refs.js';

/** What statistics and the knowledge base group by, and what an office answers for. */
export class TopicView extends TopicRef {
  @Flag('Whether it can still be chosen') readonly active: boolean;
  @Whole('Its version', { min: 1 }) readonly version: number;
}
export class TopicList {
  @ListOf('Topics, by label', () => TopicView, { max: 100_000 }) readonly items: TopicView[];
}
export class MakeTopic {
  @Text('Code: never changes', { max: 100, pattern: /^[\w.:-]+$/, example: 'tari' }) readonly code: string;
  @Text('As people see it (Italian)', { max: 300, example: 'TARI, tassa sui rifiuti' }) readonly label: string;
}
export class WriteTopic {
  @Text('As people see it (Italian)', { max: 300, example: 'TARI, tassa sui rifiuti' }) readonly label: string;
  @Flag('Whether it can still be chosen') readonly active: boolean;
}
