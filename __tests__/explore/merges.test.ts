import { testScenario } from './singles.ts';

for (const name of ['merge-unblocks-two']) testScenario(name);
