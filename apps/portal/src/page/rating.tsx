import type { ReactNode } from 'react';
import type { Mistake, TrackedCase } from '../http/forms.js';
import { dayIn, type Texts } from '../text/texts.js';
import { LongField } from './form.js';
import { Face, Stars } from './marks.js';

export const STARS = [1, 2, 3, 4, 5] as const;
export const FACES = ['bad', 'fair', 'good'] as const;
const DIFFICULTIES = [
  'unclear_indications',
  'incomplete_indications',
  'unsure_of_progress',
  'technical_problems',
  'other_difficulty',
] as const;
const MERITS = [
  'clear_indications',
  'complete_indications',
  'sure_of_progress',
  'no_technical_problems',
  'other_merit',
] as const;
export const REASONS = [...DIFFICULTIES, ...MERITS] as const;

/** A rating as it is written, whole or in part. */
export type Given = Partial<Pick<NonNullable<TrackedCase['rating']>, 'stars' | 'face' | 'comment'>> &
  Pick<NonNullable<TrackedCase['rating']>, 'reasons'>;

/** Stars, a face, the fixed reasons, words: what a citizen says of the service once there is an outcome. */
export function Rating({
  t,
  rating,
  mistakes,
}: {
  readonly t: Texts;
  readonly rating: Given & { readonly until?: string };
  readonly mistakes: readonly Mistake[];
}): ReactNode {
  const words = t.rating;
  const [wrong] = mistakes.filter(one => one.field === 'stelle');
  const one = (
    kind: 'radio' | 'checkbox',
    name: string,
    value: string,
    label: string,
    checked: boolean,
    element?: string,
    mark?: ReactNode,
  ): ReactNode => (
    <div className="choice" key={value}>
      <input
        type={kind}
        id={`f-${name}-${value}`}
        name={name}
        value={value}
        defaultChecked={checked}
        data-element={element}
        aria-describedby={wrong && name === 'stelle' ? 'f-stelle-wrong' : undefined}
      />
      <label htmlFor={`f-${name}-${value}`}>
        {mark}
        {label}
      </label>
    </div>
  );
  const reasons = (
    title: string,
    codes: typeof DIFFICULTIES | typeof MERITS,
    element: 'feedback-rating-negative' | 'feedback-rating-positive',
  ): ReactNode => (
    <fieldset data-element={element} className={element}>
      <legend data-element="feedback-rating-question">{title}</legend>
      {codes.map(code =>
        one('checkbox', 'motivi', code, words.reasons[code], rating.reasons.includes(code), 'feedback-rating-answer'),
      )}
    </fieldset>
  );
  return (
    <section aria-labelledby="valuta" data-element="feedback" className="callout no-print">
      <h2 id="valuta" data-element="feedback-title">
        {words.title}
      </h2>
      {rating.until === undefined ? undefined : <p>{words.lead(dayIn(t, rating.until))}</p>}
      <form method="post" action="/pratica/valutazione" noValidate className="rating" data-once={t.report.sending}>
        <fieldset id="f-stelle">
          <legend>{words.stars}</legend>
          {wrong ? (
            <p id="f-stelle-wrong" className="wrong">
              {wrong.detail}
            </p>
          ) : undefined}
          {STARS.map(count =>
            one(
              'radio',
              'stelle',
              String(count),
              words.star(count),
              rating.stars === count,
              `feedback-rate-${count}`,
              <Stars count={count} />,
            ),
          )}
        </fieldset>
        <fieldset>
          <legend>{words.face}</legend>
          {FACES.map(face =>
            one('radio', 'faccia', face, words.faces[face], rating.face === face, undefined, <Face face={face} />),
          )}
        </fieldset>
        <p className="help which">{words.reasonsHelp}</p>
        {reasons(words.difficulties, DIFFICULTIES, 'feedback-rating-negative')}
        {reasons(words.merits, MERITS, 'feedback-rating-positive')}
        <div data-element="feedback-input-text">
          <LongField
            name="commento"
            label={words.comment}
            help={words.commentHelp}
            t={t}
            value={rating.comment}
            mistakes={mistakes}
            maxLength={1_000}
          />
        </div>
        <p className="actions">
          <button className="btn btn-primary">{rating.stars === undefined ? words.send : words.change}</button>
        </p>
      </form>
    </section>
  );
}
