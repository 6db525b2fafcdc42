/** What stands between «@» and the caret, when somebody is being named there: at the beginning of a word, not in an address. */
export function mentionAt(
  text: string,
  caret: number,
): { readonly from: number; readonly letters: string } | undefined {
  const before = text.slice(0, caret);
  const found = /(?:^|[\s(«"'])@([\p{L}\p{N}._-]{0,40})$/u.exec(before);
  if (!found) return undefined;
  const letters = found[1] ?? '';
  return { from: caret - letters.length - 1, letters };
}

/** The text with somebody named where «@» and some letters stood; one goes on writing after it. */
export function mentioned(
  text: string,
  from: number,
  caret: number,
  code: string,
): { readonly text: string; readonly caret: number } {
  const rest = text.slice(caret);
  const name = `@${code}${/^\s/.test(rest) ? '' : ' '}`;
  return { text: text.slice(0, from) + name + rest, caret: from + name.length };
}
