import { createHash } from 'node:crypto';
import { quote } from '../../shell-text/quote.ts';
import { attemptProgram } from './attempt-program.ts';
import { callerProgram } from './caller-program.ts';
import { readerProgram } from './reader-program.ts';
import { supervisorProgram } from './supervisor-program.ts';

const program = `${attemptProgram}${supervisorProgram}${callerProgram}`;
const digest = createHash('sha256').update(readerProgram).update(program).digest('hex').slice(0, 12);

/** The name under which a host keeps the programs, beside the attempts. */
export const supervisorFile: string = `supervisor-${digest}.sh`;

/**
 * What a shell on a host must have read before it takes one of our command lines. Its text is the same for every call. The machine's two
 * clocks are read here, off the way of the command; what an attempt notes is the one that costs nothing to read.
 */
export const prologue: string = `hr_file=${supervisorFile}
hr_shared=${quote(`${readerProgram}\n`)}
hr_program=${quote(program)}
eval "$hr_shared$hr_program"
hr_uptime
hr_clock="$(date +%s.%N) $hr_up"
`;
