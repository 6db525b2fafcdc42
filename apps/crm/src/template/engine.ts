import { unknownVariables, withArticle, type TemplateValues } from '@filodiretto/domain';
import { Liquid, LiquidError, type Template } from 'liquidjs';
import { refused, type Refused } from '../refused.js';

/** Characters of one template. */
const MAX_SOURCE = 30_000;
/** Milliseconds of one filling. */
const MAX_RENDER_MS = 100;
/** Objects and characters made by one filling, as the engine counts them. */
const MAX_MEMORY = 500_000;
/** Characters of what one filling gives. */
const MAX_FILLED = 60_000;

/** What reads templates from elsewhere, or keeps values from one filling to the next. */
const NOT_OURS = ['include', 'render', 'layout', 'block', 'tablerow', 'increment', 'decrement'];

const engine = new Liquid({
  strictVariables: true,
  strictFilters: true,
  ownPropertyOnly: true,
  lenientIf: false,
  cache: false,
  templates: {},
  parseLimit: MAX_SOURCE,
  renderLimit: MAX_RENDER_MS,
  memoryLimit: MAX_MEMORY,
});
// «entro {{ case.dueDate | article }}»: «entro l'11 novembre 2026».
engine.registerFilter('article', (words: unknown) => withArticle(String(words)));
for (const name of NOT_OURS) engine.registerTag(name, notOurs(name));

function notOurs(name: string): Parameters<Liquid['registerTag']>[1] {
  const no = (): never => {
    throw new Error(`"${name}" is not available here`);
  };
  return { parse: no, render: no };
}

/** A template that can be filled. */
export interface Fillable {
  /** Gives the words, or says why it cannot; the engine's limits hold for each filling. */
  fill(values: TemplateValues): string | Refused;
}

/** Reads a template. What cannot be read, or names what nobody fills, is refused at the field given. */
export function readTemplate(source: string, field: string): Fillable | Refused {
  const no = (why: unknown): Refused => {
    const detail = why instanceof LiquidError || typeof why === 'string' ? messageOf(why) : undefined;
    if (detail === undefined) throw why;
    return {
      ...refused('invalid-input', `The template cannot be used: ${detail}`),
      errors: [{ pointer: `/${field}`, detail }],
    };
  };
  let parsed: Template[];
  try {
    parsed = engine.parse(source);
    const unknown = unknownVariables(engine.globalVariableSegmentsSync(parsed));
    if (unknown.length > 0) return no(`nobody fills ${unknown.join(', ')}`);
  } catch (fault) {
    return no(fault);
  }
  return {
    fill: values => {
      try {
        const text = String(engine.renderSync(parsed, values)).trim();
        if (text.length > MAX_FILLED) return no(`gives more than ${MAX_FILLED} characters`);
        return text === '' ? no('gives no words') : text;
      } catch (fault) {
        return no(fault);
      }
    },
  };
}

const messageOf = (why: Error | string): string => (typeof why === 'string' ? why : why.message.slice(0, 500));
