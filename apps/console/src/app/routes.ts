/** Where the console is served. */
export const BASE = '/console';

/** The places of the console. `source` is a built-in list, `view-<id>` or `queue-<office>`. */
export const place = {
  list: (source: string) => `/cases/${source}`,
  case: (source: string, id: string) => `/cases/${source}/${id}`,
  search: (text: string) => `/search${text === '' ? '' : `?q=${encodeURIComponent(text)}`}`,
  contact: (id: string) => `/contacts/${id}`,
  tasks: '/tasks',
  mentions: '/mentions',
  supervision: '/supervision',
  administration: '/administration',
} as const;

export const HOME = place.list('open');
