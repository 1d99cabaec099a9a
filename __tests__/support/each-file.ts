import { afterAll } from '@jest/globals';
import { end } from './at-end.ts';

afterAll(end);
