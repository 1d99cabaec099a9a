import { testScenario } from './singles.ts';

for (const name of ['start', 'two-requests']) testScenario(name);
