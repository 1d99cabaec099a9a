import type { AddCommand } from './command.ts';
import { addDoctor } from './commands/doctor.ts';
import { addGraph } from './commands/graph.ts';
import { addInit } from './commands/init.ts';
import { addPlan } from './commands/plan.ts';
import { addRender } from './commands/render.ts';
import { addRepair } from './commands/repair.ts';
import { addStatus } from './commands/status.ts';
import { addValidate } from './commands/validate.ts';
import { addVerify } from './commands/verify.ts';

/** Every command, in the order of the help. */
export const COMMANDS: readonly AddCommand[] = [
  addInit,
  addValidate,
  addPlan,
  addRender,
  addStatus,
  addGraph,
  addVerify,
  addDoctor,
  addRepair,
];
