import { describe, expect, it } from '@jest/globals';
import { MATTERS, written } from './traffic.js';

describe('what invented citizens write', () => {
  const [hole, nursery, tax] = ['Buca pericolosa', 'Iscrizione al nido', 'TARI: pagamento doppio'].map(subject => {
    const matter = MATTERS.find(one => one.subject === subject);
    if (!matter) throw new Error(`nobody writes of ${subject}`);
    return matter;
  });

  it('fills in the form, and chooses the category, that its words ask for', () => {
    expect(hole && written('webform', hole)).toMatchObject({ form: 'segnalazione', category: 'strade' });
    expect(nursery && written('webform', nursery)).toMatchObject({
      form: 'richiesta-informazioni',
      category: 'scuola',
    });
  });

  it('goes to the mailbox of the taxes only about taxes', () => {
    const mailboxes = MATTERS.map(matter => [matter.category, String(written('email', matter).to).split('@')[0]]);
    expect(mailboxes.filter(([, mailbox]) => mailbox === 'tributi')).toEqual([['tributi', 'tributi']]);
    expect(tax && written('email', tax).to).toBe('tributi@comune.poggioverde.example');
    expect(new Set(mailboxes.map(([, mailbox]) => mailbox))).toEqual(new Set(['urp', 'tributi']));
  });
});
