import { readHomeEnv } from '../../src/home/read-home-env.js';
import { temporaryFolder } from '../reading/temporary.js';

const place = temporaryFolder();

describe('readHomeEnv', () => {
  it('reads the variables that the CLI takes from the file', () => {
    place.write(
      '.env',
      '# mine\r\nOWN_KEY=abc\r\nexport QUOTED="a b"\nEMPTY=\nCODEX_API_KEY=no\ncodex_home=no\nnonsense\n',
    );

    expect(readHomeEnv(place.path)).toMatchObject({ OWN_KEY: 'abc', QUOTED: 'a b', EMPTY: '' });
    expect(Object.keys(readHomeEnv(place.path))).not.toEqual(expect.arrayContaining(['CODEX_API_KEY']));
    expect(Object.keys(readHomeEnv(place.path))).not.toEqual(expect.arrayContaining(['codex_home']));
  });

  it('reads nothing from a home without the file', () => {
    expect(readHomeEnv('/nowhere')).toEqual({});
  });
});
