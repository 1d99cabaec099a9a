import { testScenario } from './singles.ts';

for (const name of ['halt', 'exhausted']) testScenario(name);
