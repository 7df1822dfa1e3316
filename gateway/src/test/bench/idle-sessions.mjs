// Pages that are signed in and do nothing: what one occupies.
import { figure } from './figures.mjs';
import { pause } from './program.mjs';

/** Signs `sessions` pages in at each gateway, after some others. */
export async function measureSessions(beds, { sessions, earlierSessions, settleSeconds }, say) {
  const results = {};
  for (const bed of beds) {
    say(`${sessions} idle sessions, ${bed.gateway.name}`);
    results[bed.gateway.name] = await perSession(bed, { earlierSessions, sessions, settleMs: settleSeconds * 1000 });
  }
  const of = (field) => Object.fromEntries(Object.entries(results).map(([name, r]) => [name, r[field]]));
  return [
    figure('idle session: memory', 'KiB', of('grownKiB')),
    figure('idle session: threads', '', of('threads')),
    figure(`whole process with ${sessions} idle sessions: resident memory`, 'MiB', of('residentMiB')),
  ];
}

async function perSession(bed, { earlierSessions, sessions, settleMs }) {
  const { program } = bed.gateway;
  await bed.signIn(earlierSessions);
  await pause(settleMs);
  const [occupied, threads] = [await bed.gateway.occupiedKiB(), program.threads()];
  await bed.signIn(sessions);
  await pause(settleMs);
  return {
    grownKiB: ((await bed.gateway.occupiedKiB()) - occupied) / sessions,
    threads: (program.threads() - threads) / sessions,
    residentMiB: program.residentKiB() / 1024,
  };
}
