import { validateRunOptions } from '../../src/request/validate.js';

describe('a path with ~', () => {
  it.each([
    { binary: '~/bin/codex' },
    { codexHome: '~/.codex' },
    { workingDirectory: '~' },
    { addDirs: ['/tmp', '~/extra'] },
  ])('is rejected with advice if it starts with the home: %j', (options) => {
    expect(() => {
      validateRunOptions(options);
    }).toThrow(/starts with "~", which only a shell expands\. Use os\.homedir\(\) instead\./);
  });

  it.each([{ binary: '/home/~/codex' }, { workingDirectory: '~user' }, { addDirs: ['a~'] }])(
    'may contain ~ elsewhere: %j',
    (options) => {
      expect(() => {
        validateRunOptions(options);
      }).not.toThrow();
    },
  );
});
