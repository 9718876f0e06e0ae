/** The endpoint as it is deployed: a Node process of its own. */
import { join } from 'node:path';
import { ROOT } from '../build.ts';
import { run } from '../drivers/process.ts';
import { until } from '../drivers/until.ts';

export interface Endpoint {
  port: number;
  close(): Promise<void>;
}

export interface EndpointVariables {
  NOTION_CLIENT_ID: string;
  NOTION_CLIENT_SECRET: string;
  ALLOWED_REDIRECT_URIS: string;
  NOTION_API_URL: string;
}

export async function startEndpoint(variables: EndpointVariables): Promise<Endpoint> {
  const running = run(process.execPath, ['--import', 'tsx', join('src', 'endpoint', 'node.ts')], {
    cwd: ROOT,
    env: { ...process.env, ...variables, PORT: '0', RATE_LIMIT_PER_MINUTE: '0' },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let said = '';
  running.child.stdout?.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  const port = await until('the endpoint to listen', () => {
    if (running.hasExited()) throw new Error(`it ended: ${running.stderr()}`);
    return /"url":"http:\/\/[^"]*:(\d+)"/.exec(said)?.[1];
  });
  return { port: Number(port), close: () => running.kill() };
}
