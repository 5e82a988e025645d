// Builds the web application, as the server does at its start, and says where it is.
import { buildWeb } from '../src/cli/serve/web-build.ts';

console.log(await buildWeb());
