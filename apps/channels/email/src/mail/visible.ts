import EmailReplyParser from 'email-reply-parser';

const MAX_LENGTH = 100_000;

/**
 * The words without the quoted ones and the signature: a view, the whole text is always kept. `undefined` when nothing
 * is hidden, when nothing would be left, or when the text is too long to look at.
 */
export const visibleWords = (text: string): string | undefined => {
  if (text.length > MAX_LENGTH) return undefined;
  const visible = new EmailReplyParser().read(text).getVisibleText().trim();
  return visible === '' || visible === text.trim() ? undefined : visible;
};
