import { testScenario } from './singles.ts';

for (const name of ['green', 'red', 'classified']) testScenario(name);
