import { testScenario } from './singles.ts';

for (const name of ['start', 'sweep']) testScenario(name);
