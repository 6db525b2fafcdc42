import type { DormancyView, OfficeList } from '@filodiretto/contracts';
import { pause } from '../runtime/program.js';
import type { Fault } from './laboratory.js';
import { OfficeWork, patiently, seenAfter } from './office-work.js';
import { judged, together, type Once } from './once.js';
import { resultOf } from './staff.js';

const ROADS = 'Strade e Manutenzioni';
/** Who heads the area above: they stand in when nobody of the office is seen. */
const STANDS_IN = 'Luca Orsini';
const ADMINISTRATOR = 'Amministrazione di sistema';
const DAY_SECONDS = 86_400;
/** More than the days without a sign after which somebody is dormant. */
const AWAY_DAYS = 31;
const WEEK_DAYS = 7;
/** How long the jobs of a day may take, when nobody dies. */
const A_DAY_TAKES_MS = 4_000;
/** How long after everything is seen a double would come. */
const AFTERTHOUGHT_MS = 3_000;

/**
 * Weeks pass in which nobody of an office comes, and the core dies finding that out: the office and its people are found all the
 * same, and what is given to them afterwards goes to who stands in, once, by one letter each. It moves the clock.
 */
export const fallingAsleep = (place: string): Fault => ({
  name: place,
  run: async laboratory => {
    const work = await OfficeWork.begin(laboratory, place, 6);
    const [before, after] = [work.cases.slice(0, 3), work.cases.slice(3)];
    const office = await work.office(ROADS);
    const give = async (cases: typeof before): Promise<void> => {
      for (const one of cases) await work.move(one.id, { command: 'assign', office, reason: 'Competenza' });
    };
    const people = laboratory.system.operators.filter(one => one.office === ROADS).map(one => one.name);
    // Whatever fell asleep earlier is awake: only what is given afterwards may go to who stands in.
    for (const name of people) await patiently(() => work.as(name).get('/api/operators/me'));
    await give(before);
    const administrator = work.as(ADMINISTRATOR);
    await administrator.post('/api/monitoring-authorizations', {
      kind: 'union_agreement',
      reference: 'Accordo di prova',
      signedOn: '2020-01-01',
      validUntil: '2999-12-31',
      scopes: ['figures'],
    });
    await work.dying(place, [0], async () => {
      await administrator.post('/api/demonstration/clock', { seconds: AWAY_DAYS * DAY_SECONDS });
    });
    const asleep = async (): Promise<string[]> => {
      const { offices, operators } = await administrator.get<DormancyView>('/api/dormancy');
      return [
        ...offices.flatMap(one => (one.office.name === ROADS ? [ROADS] : [])),
        ...operators.flatMap(({ operator }) => (people.includes(operator.name) ? [operator.name] : [])),
      ];
    };
    const expected = [ROADS, ...people];
    const found = await seenAfter(asleep, seen => seen.length >= expected.length);
    // They come back to work: from now on they can stand in.
    await patiently(() => work.as(STANDS_IN).get('/api/operators/me'));
    await give(after);
    const numbers = after.map(one => one.number);
    const standIns = (): Promise<string[]> =>
      work.happened(({ fact, data }) => fact === 'reassigned' && /dormant:/.test(JSON.stringify(data ?? {})));
    const given = async (): Promise<string[]> =>
      (await work.happened(({ fact, data }) => fact === 'letter_queued' && data?.['kind'] === 'assignment')).filter(
        number => numbers.includes(number),
      );
    /** All letters that name one of the cases in their title: those that were written, and those that left. */
    const written = async (): Promise<string[]> =>
      (await work.happened(({ fact }) => fact === 'letter_queued')).filter(number => numbers.includes(number));
    const left = async (): Promise<string[]> =>
      (
        await Promise.all(
          numbers.map(async number =>
            (await work.mails(number)).filter(({ subject }) => subject.includes(number)).map(() => number),
          ),
        )
      ).flat();
    await seenAfter(standIns, seen => seen.length >= numbers.length);
    const letters = async (): Promise<Once> => judged('letters that leave', await written(), await left());
    await seenAfter(letters, ({ lost }) => lost === 0);
    await pause(AFTERTHOUGHT_MS);
    const verdict = together([
      judged('who never comes', expected, found),
      judged('stand-ins', numbers, await standIns()),
      judged('letters to stand-ins', numbers, await given()),
      await letters(),
    ]);
    return resultOf(work, 1 + after.length, verdict);
  },
});

/**
 * A week passes, and the core dies writing the letters of the week: whoever heads offices reads of each of them once. It moves the
 * clock.
 */
export const weekly = (place: string): Fault => ({
  name: place,
  run: async laboratory => {
    const work = await OfficeWork.begin(laboratory, place, 4);
    await work.assign(ROADS);
    const administrator = work.as(ADMINISTRATOR);
    const { items: offices } = await administrator.get<OfficeList>('/api/offices');
    const names = offices.map(one => one.name);
    /** The offices of which letters of the week tell, and on which day, once for each letter. */
    const told = async (): Promise<string[]> =>
      (await work.mails('Le pratiche della settimana')).flatMap(mail => {
        const lines = new Set(mail.text.split(/\r?\n/).map(line => line.trim()));
        const day = /ecco le pratiche al (.+)\./.exec(mail.text)?.[1] ?? 'no day';
        return names.filter(name => lines.has(name.toUpperCase())).map(name => `${name}, ${day}`);
      });
    await pause(A_DAY_TAKES_MS);
    const earlier = await told();
    let days = 0;
    // Offices that open later in the week are told of later: a whole week passes, also after the core died.
    const pass = async (until: () => boolean): Promise<void> => {
      for (; days < WEEK_DAYS && !until(); days += 1) {
        await patiently(() => administrator.post('/api/demonstration/clock', { seconds: DAY_SECONDS }));
        for (const end = Date.now() + A_DAY_TAKES_MS; !until() && Date.now() < end;) await pause(100);
      }
    };
    await work.dying(place, [0], () => {
      const { deaths } = laboratory;
      return pass(() => laboratory.deaths > deaths);
    });
    await pass(() => false);
    const since = async (): Promise<string[]> => (await patiently(told)).slice(earlier.length);
    const isRoads = (name: string): boolean => name.startsWith(`${ROADS}, `);
    await seenAfter(since, seen => seen.some(isRoads));
    await pause(AFTERTHOUGHT_MS);
    const seen = await since();
    // Whatever is told of is told of once on a day; of this office it is known that it holds something.
    const expected = [...new Set(seen), ...(seen.some(isRoads) ? [] : [ROADS])];
    return resultOf(work, 1, judged('letters of the week', expected, seen));
  },
});
