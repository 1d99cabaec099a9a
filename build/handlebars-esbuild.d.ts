import type { Plugin } from 'esbuild';

export declare function handlebarsPlugin(): Plugin;
