const PATHS = {
  inbox: 'M3 13l3-8h12l3 8v6H3zM3 13h5l1.5 3h5L16 13h5',
  search: 'M11 4a7 7 0 1 1 0 14 7 7 0 0 1 0-14zM16 16l5 5',
  tasks: 'M4 6l2 2 3-4M4 14l2 2 3-4M12 6h8M12 14h8M12 20h8',
  chart: 'M4 20V10M10 20V4M16 20v-8M21 20H3',
  gear: 'M12 9a3 3 0 1 1 0 6 3 3 0 0 1 0-6zM12 2v4M12 18v4M2 12h4M18 12h4M5 5l3 3M16 16l3 3M19 5l-3 3M8 16l-3 3',
  command: 'M4 7l5 5-5 5M12 17h8',
  keyboard: 'M2 6h20v12H2zM6 10h.01M10 10h.01M14 10h.01M18 10h.01M7 14h10',
  person: 'M12 4a4 4 0 1 1 0 8 4 4 0 0 1 0-8zM4 21c0-4 4-6 8-6s8 2 8 6',
  office: 'M4 21V7l8-4 8 4v14M9 21v-6h6v6M9 9h.01M15 9h.01M3 21h18',
  clock: 'M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18zM12 7v5l3 3',
  alert: 'M12 3l10 18H2zM12 10v5M12 18h.01',
  check: 'M4 12l5 6L20 5',
  checks: 'M2 13l4 5L15 6M12 17l1 1L22 6',
  plus: 'M12 4v16M4 12h16',
  cross: 'M5 5l14 14M19 5L5 19',
  question: 'M9 9a3 3 0 1 1 4 3c-1 .5-1 1-1 2M12 18h.01M12 2a10 10 0 1 1 0 20 10 10 0 0 1 0-20z',
  send: 'M3 11l18-8-7 18-3-7z',
  note: 'M5 3h10l4 4v14H5zM9 10h6M9 14h6',
  reply: 'M10 5L4 11l6 6M4 11h9c4 0 7 2 7 7',
  phone: 'M5 3h4l2 5-3 2a12 12 0 0 0 6 6l2-3 5 2v4c0 1-1 2-2 2C10 21 3 13 3 5c0-1 1-2 2-2z',
  clip: 'M20 11l-8 8a5 5 0 0 1-7-7l9-9a3.5 3.5 0 0 1 5 5l-9 9a2 2 0 0 1-3-3l8-8',
  globe: 'M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18zM3 12h18M12 3c3 3 3 15 0 18M12 3c-3 3-3 15 0 18',
  pin: 'M12 21s-7-6-7-12a7 7 0 0 1 14 0c0 6-7 12-7 12zM12 7a2 2 0 1 1 0 4 2 2 0 0 1 0-4z',
  tag: 'M3 3h9l9 9-9 9-9-9zM8 8h.01',
  link: 'M9 15l6-6M8 11l-3 3a4 4 0 0 0 5 5l3-3M16 13l3-3a4 4 0 0 0-5-5l-3 3',
  menu: 'M4 6h16M4 12h16M4 18h16',
  side: 'M3 4h18v16H3zM15 4v16',
  more: 'M5 12h.01M12 12h.01M19 12h.01',
  back: 'M15 5l-7 7 7 7',
  down: 'M5 9l7 7 7-7',
  lock: 'M5 11h14v10H5zM8 11V7a4 4 0 0 1 8 0v4',
  wait: 'M6 3h12M6 21h12M7 3c0 5 10 5 10 9s-10 4-10 9M17 3c0 5-10 5-10 9s10 4 10 9',
  eye: 'M2 12s4-7 10-7 10 7 10 7-4 7-10 7-10-7-10-7zM12 9a3 3 0 1 1 0 6 3 3 0 0 1 0-6z',
  pencil: 'M4 20l1-5L16 4l4 4L9 19z',
  out: 'M10 4H4v16h6M14 8l5 4-5 4M19 12H9',
  bell: 'M6 17V11a6 6 0 0 1 12 0v6l2 2H4zM10 21h4',
  file: 'M6 3h8l5 5v13H6zM14 3v5h5',
} as const;

export type IconName = keyof typeof PATHS;

/** A drawing beside words, or inside something that has a name: it says nothing by itself. */
export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg className="svg" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  );
}
