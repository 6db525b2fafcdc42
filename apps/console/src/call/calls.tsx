/** Where a call that comes in is shown, over everything else. */
export function CallsHere() {
  return null;
}
