import { register } from 'node:module';

register('./handlebars-hooks.js', import.meta.url);
