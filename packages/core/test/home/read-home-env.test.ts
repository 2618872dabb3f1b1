import { readHomeEnv } from '../../src/home/read-home-env.js';
import { temporaryFolder } from '../reading/temporary.js';

const place = temporaryFolder();

describe('readHomeEnv', () => {
  it('returns the variables that the CLI reads from the file', () => {
    place.write(
      '.env',
      '# mine\r\nOWN_KEY=abc\r\nexport QUOTED="a b"\nEMPTY=\nCODEX_API_KEY=no\ncodex_home=no\nnonsense\n',
    );

    expect(readHomeEnv(place.path)).toMatchObject({ OWN_KEY: 'abc', QUOTED: 'a b', EMPTY: '' });
    expect(Object.keys(readHomeEnv(place.path))).not.toEqual(expect.arrayContaining(['CODEX_API_KEY']));
    expect(Object.keys(readHomeEnv(place.path))).not.toEqual(expect.arrayContaining(['codex_home']));
  });

  it('returns no variables for a home without the file', () => {
    expect(readHomeEnv('/nowhere')).toEqual({});
  });
});
