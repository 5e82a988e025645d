// Builds the web application, as the server does when it starts, and prints where it is.
import { buildWeb } from '../src/cli/serve/web-build.ts';

console.log(await buildWeb());
