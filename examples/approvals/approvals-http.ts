// Decides about requests of the agent by HTTP: GET / lists the open requests, POST /ID with a decision answers one.
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type ApprovalDecision, type ApprovalRequest, openAppServer } from '@codex-rx/core/app-server';
import { model } from '@codex-rx/testing';
import { lastValueFrom, Observable } from 'rxjs';
import { openSource } from '../support/source.js';

interface Open {
  readonly request: ApprovalRequest;
  readonly decide: (decision: ApprovalDecision) => void;
}

const open = new Map<string, Open>();
const token = randomUUID(); // everyone on this machine can connect

const http = createServer((request, response) => {
  const id = request.url?.slice(1) ?? '';
  if (request.headers.authorization !== `Bearer ${token}`) response.writeHead(401).end();
  else if (request.method === 'GET')
    response.end(JSON.stringify([...open].map(([key, one]) => ({ id: key, ...one.request }))));
  else {
    request.setEncoding('utf8').on('data', (body: string) => {
      const decision = body === 'accept' || body === 'cancel' ? body : 'decline';
      open.get(id)?.decide(decision);
      response.end();
    });
  }
});
await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
const url = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;

await using source = await openSource({
  script: [model.run('touch no.txt'), model.run('touch yes.txt'), model.say('Done.')],
  session: 'approvals-http',
});
const { binary, codexHome, env, model: slug } = source.options;
await using server = await openAppServer({
  binary,
  codexHome,
  env,
  // Unsubscribed when an answer is no longer wanted: the request leaves the list.
  approvals: (request) =>
    new Observable<ApprovalDecision>((subscriber) => {
      const id = randomUUID();
      open.set(id, {
        request,
        decide: (decision) => {
          subscriber.next(decision);
        },
      });
      if (!source.isLive) void answerAs(id, request);
      return () => open.delete(id);
    }),
});
if (source.isLive) console.log(`curl -H 'Authorization: Bearer ${token}' ${url}`);

/** Answers as a person at another program would, without the first file. */
async function answerAs(id: string, request: ApprovalRequest): Promise<void> {
  const headers = { authorization: `Bearer ${token}` };
  const listed = (await (await fetch(url, { headers })).json()) as readonly { readonly id: string }[];
  const isWanted = request.kind === 'command' && request.command?.includes('yes.txt') === true;
  if (listed.some((one) => one.id === id))
    await fetch(`${url}/${id}`, { method: 'POST', headers, body: isWanted ? 'accept' : 'decline' });
}

const thread = await lastValueFrom(
  server.thread.start$({
    model: slug,
    workingDirectory: source.folder,
    sandbox: 'workspace-write',
    approvalPolicy: 'untrusted',
  }),
);
const result = await lastValueFrom(thread.runTurn$(source.args[0] ?? 'Create two files.'));
for (const { command, status } of result.commands) console.log(`${status}: ${command}`);
console.log(result.text);
http.closeAllConnections();
http.close();
