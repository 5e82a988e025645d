// Every route of an app, read from the tree that it prints.
import type { FastifyInstance } from 'fastify';

/** Such as «GET /health», out of lines of a tree such as «/health (GET, HEAD)». */
export function routesOf(app: FastifyInstance): string[] {
  const path: string[] = [];
  return app
    .printRoutes({ commonPrefix: false, includeHooks: false })
    .split('\n')
    .flatMap(line => {
      const [, indent, name, methods] = /^([│ ]*)[├└]── (\S*)(?: \((.+)\))?$/.exec(line) ?? [];
      if (indent === undefined) return [];
      path.splice(indent.length / 4, Number.POSITIVE_INFINITY, name as string);
      const whole = path.join('');
      return (methods ?? '')
        .split(', ')
        .filter(method => method !== '' && method !== 'HEAD')
        .map(method => `${method} ${whole}`);
    });
}
