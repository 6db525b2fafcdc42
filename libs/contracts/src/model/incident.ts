export const ANNOUNCEMENT_STATES = ['going', 'done'] as const;
export type AnnouncementState = (typeof ANNOUNCEMENT_STATES)[number];
