import { testScenario } from './singles.ts';

for (const name of ['second-attempt', 'two-requests']) testScenario(name);
