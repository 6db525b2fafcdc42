/**
 * What somebody said, as they are shown it: SQL of a text, of a row of `message` under an alias. The words that go with a form say all
 * of its answers already, so neither the answers nor where it is come again after them; names of files are shown with the files.
 */
export const shownWords = (message: string): string => `(select case
    when bool_or(p->>'type' = 'form') and bool_or(p->>'type' = 'text')
      then string_agg(p->>'text', E'\\n' order by n) filter (where p->>'type' = 'text')
    when bool_or(p->>'type' not in ('text', 'media', 'html')) then ${message}.text
    else concat_ws(E'\\n', nullif(${message}.subject, ''),
      string_agg(coalesce(p->>'text', p->>'caption'), E'\\n' order by n)
        filter (where p->>'type' <> 'html' and coalesce(p->>'text', p->>'caption') <> ''))
  end from jsonb_array_elements(${message}.content) with ordinality parts(p, n))`;
