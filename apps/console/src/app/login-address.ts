const ownPath = (): string => `${location.pathname}${location.search}`;

/** Where one logs in and comes back to this place. `again`: also who is logged in, for what asks for a login of a short while ago. */
export const loginAddress = (again = false): string =>
  `/auth/login?return_to=${encodeURIComponent(ownPath())}${again ? '&again' : ''}`;
