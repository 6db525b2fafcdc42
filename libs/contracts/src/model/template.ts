/** What a template is for: an answer, the telling of an outcome, news by the way. Stored values: never renamed. */
export const TEMPLATE_PURPOSES = ['reply', 'outcome', 'notification'] as const;
export type TemplatePurpose = (typeof TEMPLATE_PURPOSES)[number];
