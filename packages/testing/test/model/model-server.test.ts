import { model, openScriptedModel } from '../../src/model/index.js';
import { useModelRoot } from '../helpers/model-root.js';

const root = useModelRoot();

describe('startModelServer', () => {
  it('listens on loopback and replies to requests for responses only', async () => {
    const scripted = await openScriptedModel([model.say('Hello')], { root: root() });
    expect(new URL(scripted.url).hostname).toBe('127.0.0.1');
    const other = await fetch(`${scripted.url}/models`);
    expect(other.status).toBe(404);
    expect(await other.text()).toContain('GET /v1/models');
    expect(scripted.requests).toEqual([]);
  });
});
