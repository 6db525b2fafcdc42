import { randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { messagesOf } from '../load/core.js';
import { Traffic, type Door } from '../load/traffic.js';
import { pause } from '../runtime/program.js';
import { standingIn, vanishing } from './absent.js';
import { fallingAsleep, weekly } from './asleep.js';
import { erasing, passingAway } from './forgetting.js';
import type { Fault, FaultResult, Laboratory } from './laboratory.js';
import { offering } from './offering.js';
import { recounting } from './recounting.js';
import { announcing, answering, expiring, handingOver, inBulk, pressing } from './staff.js';
import { judge } from './verdict.js';
import { patiently } from './office-work.js';

const CITIZENS = 8;
const MESSAGES = 5;

/** Citizens write through one door while something happens to the system. */
async function during(
  laboratory: Laboratory,
  name: string,
  door: Door,
  happening: () => Promise<void>,
): Promise<FaultResult> {
  const since = new Date().toISOString();
  const traffic = new Traffic(name);
  const writing = Array.from({ length: CITIZENS }, () => traffic.converse(door, MESSAGES, 120));
  await happening();
  await Promise.all(writing);
  const joins = new Map(traffic.accepted.map(message => [message.conversation, door.joins]));
  return laboratory.result(name, since, traffic, joins);
}

const killed = (process: string, door: (laboratory: Laboratory) => Door, times: number): Fault => ({
  name: `kill-${process}`,
  run: laboratory =>
    during(laboratory, `kill-${process}`, door(laboratory), async () => {
      for (let time = 0; time < times; time += 1) {
        await pause(150);
        await laboratory.crash(process);
      }
    }),
});

/** How long citizens' messages may take to bring a process to the place where it kills itself. */
const REACHED_MS = 20_000;

/**
 * The process kills itself at a named place, several times, each a few events further on; each time citizens write when it runs,
 * so that it passes there.
 */
const crashing = (process: string, place: string): Fault => ({
  name: place,
  run: async laboratory => {
    const since = new Date().toISOString();
    const door = laboratory.loopback;
    const traffic = new Traffic(place);
    const before = laboratory.deaths;
    for (const passes of [0, 2, 5]) {
      await laboratory.arm(process, `${place}#${passes}`);
      const alive = laboratory.deaths;
      const writing = Promise.all(Array.from({ length: CITIZENS }, () => traffic.converse(door, MESSAGES, 120)));
      for (const until = Date.now() + REACHED_MS; laboratory.deaths === alive && Date.now() < until;) await pause(100);
      await laboratory.settled();
      await writing;
    }
    if (laboratory.deaths === before) throw new Error(`${place} was never reached: nothing is proven`);
    const joins = new Map(traffic.accepted.map(message => [message.conversation, door.joins]));
    return laboratory.result(place, since, traffic, joins);
  },
});

const doorOf =
  (name: string) =>
  (laboratory: Laboratory): Door => {
    const found = laboratory.doors.find(door => door.name === name);
    if (!found) throw new Error(`no door ${name}`);
    return found;
  };

/** The judge must see a loss and a double when there is one: a harness that cannot see loss proves nothing. */
const control: Fault = {
  name: 'control',
  run: async laboratory => {
    const since = new Date().toISOString();
    const traffic = new Traffic('control');
    await traffic.converse(laboratory.loopback, 2, 0);
    const never = traffic.message(randomUUID(), 0);
    const result = await laboratory.result('control', since, traffic, new Map());
    const accepted = [...traffic.accepted, never].map(message => ({ message, joins: true }));
    const there = traffic.accepted.map((message, position) => ({ mark: message.mark, caseId: 'one', position }));
    const seen = judge(accepted, [...there, ...there.slice(0, 1)], new Set());
    if (seen.lost !== 1 || seen.duplicated !== 1) throw new Error('the judge does not see a loss or a double');
    return result;
  },
};

const storeRemoved: Fault = {
  name: 'jetstream-store-removed',
  run: laboratory =>
    during(laboratory, 'jetstream-store-removed', laboratory.loopback, async () => {
      await pause(200);
      // The core is held still, so that accepted events are in JetStream and nowhere else.
      const crm = laboratory.system.program('crm');
      if (crm.pid !== undefined) process.kill(crm.pid, 'SIGSTOP');
      await pause(400);
      await laboratory.crash('nats-server', () => {
        rmSync(laboratory.natsFolder, { recursive: true, force: true });
        mkdirSync(laboratory.natsFolder);
        return Promise.resolve();
      });
      if (crm.pid !== undefined) process.kill(crm.pid, 'SIGCONT');
    }),
};

/** Longer than anybody waits for a connection. */
const FROZEN_MS = 12_000;
/** How long the work that is due may take to be caught up with. */
const CAUGHT_UP_MS = 120_000;
/** A job that is due for so long is one that nobody runs. */
const LATE_SECONDS = 5;

/** PostgreSQL stands still, connections with it, and goes on: nothing is lost, and what is due by itself is done again. */
const frozen: Fault = {
  name: 'postgres-frozen',
  run: async laboratory => {
    const result = await during(laboratory, 'postgres-frozen', laboratory.loopback, async () => {
      await pause(300);
      const { pid } = laboratory.system.program('postgres');
      if (pid === undefined) throw new Error('PostgreSQL is not ours: it cannot be frozen');
      const all = [pid, ...readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').map(Number)];
      for (const one of all) process.kill(one, 'SIGSTOP');
      await pause(FROZEN_MS);
      for (const one of all.toReversed()) process.kill(one, 'SIGCONT');
    });
    const since = Date.now();
    while ((await oldestDue(laboratory)) > LATE_SECONDS) {
      if (Date.now() - since > CAUGHT_UP_MS) return { ...result, lost: result.lost + 1 };
      await pause(500);
    }
    return result;
  },
};

/** By how many seconds the job that is due the longest is late, as the core measures it. */
async function oldestDue(laboratory: Laboratory): Promise<number> {
  // Measured every two seconds: what is told is of after now.
  await pause(5_000);
  const told = await (await fetch(`${laboratory.system.urls.crm}/metrics`)).text();
  const found = /^\w*job_oldest_due_seconds(?:\{[^}]*\})? ([\d.e+-]+)$/m.exec(told)?.[1];
  if (found === undefined) throw new Error('the core does not say how late its jobs are');
  return Number(found);
}

const thrice: Fault = {
  name: 'webhooks-thrice-shuffled',
  run: async laboratory => {
    const since = new Date().toISOString();
    const traffic = new Traffic('webhooks-thrice-shuffled');
    const messages = Array.from({ length: 30 }, () => traffic.message(randomUUID(), 0));
    const deliveries = [...messages, ...messages, ...messages].map(message => ({ message, order: Math.random() }));
    deliveries.sort((a, b) => a.order - b.order);
    await Promise.all(
      deliveries.map(async ({ message }) => {
        for (let tries = 0; tries < 50 && !(await laboratory.loopback.send(message)); tries += 1) await pause(100);
      }),
    );
    traffic.sent = deliveries.length;
    traffic.accepted.push(...messages);
    return laboratory.result('webhooks-thrice-shuffled', since, traffic, new Map());
  },
};

const album: Fault = {
  name: 'album-of-ten',
  run: async laboratory => {
    const since = new Date().toISOString();
    const traffic = new Traffic('album-of-ten');
    const conversation = randomUUID();
    // All at once: no order is promised among them, but one conversation and one case are.
    const messages = Array.from({ length: 10 }, () => traffic.message(conversation, 0));
    await Promise.all(messages.map(message => traffic.say(laboratory.loopback, message)));
    return laboratory.result('album-of-ten', since, traffic, new Map());
  },
};

/**
 * Operators answer while the channel dies around its call of the provider, or the core when it has granted the call: no citizen is
 * written to twice. Only where the channel died may nobody know whether one was.
 */
const sending = (label: string, service: 'loopback' | 'crm', place: string): Fault => ({
  name: label,
  run: async laboratory => {
    const since = new Date().toISOString();
    const traffic = new Traffic(label);
    await Promise.all(Array.from({ length: 6 }, () => traffic.converse(laboratory.loopback, 1, 0)));
    const before = await laboratory.result(label, since, traffic, new Map());
    const cases = await laboratory.core.cases(since);
    const alive = laboratory.deaths;
    await laboratory.arm(service, `${place}#1`);
    await Promise.all(
      cases.map(one => {
        const key = { 'idempotency-key': randomUUID() };
        return patiently(() =>
          laboratory.core.post(`/api/cases/${one.id}/replies`, { text: `Risposta ${label}` }, key),
        );
      }),
    );
    await pause(2_000);
    await laboratory.settled();
    if (laboratory.deaths === alive) throw new Error(`${place} was never reached: nothing is proven`);
    const states = await outcomes(
      laboratory,
      cases.map(one => one.id),
      label,
    );
    const url = `${laboratory.system.urls.channels.loopback}/outbox`;
    const { items } = (await (await fetch(url)).json()) as { items: { message: string; text: string }[] };
    const delivered = items.filter(item => item.text.includes(label)).map(item => item.message);
    const doubled = delivered.length - new Set(delivered).size;
    const lost = ['queued', 'sending', ...(service === 'crm' ? ['unknown'] : [])];
    const unexplained = states.filter(state => lost.includes(state)).length;
    return {
      ...before,
      sent: before.sent + cases.length,
      accepted: before.accepted + cases.length,
      lost: before.lost + unexplained,
      duplicated: before.duplicated + doubled,
    };
  },
});

/** The states of our replies once none is on its way any more, or the time is over. */
async function outcomes(laboratory: Laboratory, cases: readonly string[], words: string): Promise<string[]> {
  for (const until = Date.now() + 90_000; ;) {
    const views = await Promise.all(cases.map(id => laboratory.core.case(id)));
    const replies = views
      .flatMap(messagesOf)
      .filter(message => message.direction === 'out' && JSON.stringify(message.content).includes(words));
    const states = replies.map(reply => reply.send?.state ?? 'none');
    if (states.length === cases.length && states.every(state => state !== 'queued' && state !== 'sending'))
      return states;
    if (Date.now() > until) return states;
    await pause(500);
  }
}

/** The failures that the house promises to survive. */
export const FAULTS: readonly Fault[] = [
  control,
  thrice,
  album,
  killed('loopback', doorOf('loopback'), 4),
  killed('email', doorOf('email'), 3),
  killed('phone', doorOf('phone'), 3),
  killed('whatsapp', doorOf('whatsapp'), 3),
  killed('facebook', doorOf('facebook'), 3),
  killed('webform', doorOf('webform'), 3),
  crashing('loopback', 'channel.before-keep'),
  crashing('loopback', 'channel.after-keep'),
  crashing('loopback', 'channel.after-publish'),
  crashing('crm', 'intake.before-commit'),
  crashing('crm', 'intake.after-commit'),
  crashing('crm', 'intake.after-ack'),
  crashing('crm', 'relay.after-publish'),
  offering('routing.before-commit'),
  offering('routing.after-offer'),
  offering('routing.accepting'),
  handingOver('routing.handing-over'),
  vanishing('presence.before-commit', 'silence'),
  vanishing('presence.after-commit', 'silence'),
  vanishing('routing.taken-back', 'absence'),
  standingIn('absence.before-commit'),
  standingIn('absence.after-commit'),
  pressing('action.before-commit'),
  pressing('action.after-commit'),
  answering('before-commit'),
  answering('after-commit'),
  announcing('announcement.before-commit'),
  announcing('announcement.after-commit'),
  inBulk('bulk.before-commit'),
  inBulk('bulk.after-commit'),
  recounting('recount.before-commit'),
  sending('send.after-claim', 'crm', 'send.after-claim'),
  sending('send.before-send', 'loopback', 'channel.before-send'),
  sending('send.after-send', 'loopback', 'channel.after-send'),
  erasing('erasure.before-note'),
  erasing('erasure.after-note'),
  erasing('erasure.after-messages'),
  killed('nats-server', doorOf('loopback'), 3),
  killed('postgres', doorOf('loopback'), 2),
  frozen,
  storeRemoved,
  // They move the clock of the system: nothing comes after them.
  expiring('deadline.before-commit'),
  expiring('deadline.after-commit'),
  weekly('weekly-letters.before-commit'),
  weekly('weekly-letters.after-commit'),
  fallingAsleep('dormancy.before-commit'),
  fallingAsleep('dormancy.after-commit'),
  passingAway('retention.before-commit', [0, 2, 1]),
  passingAway('retention.before-end', [0, 0]),
];
