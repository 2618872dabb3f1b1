import { assertSupported, commandCapabilities } from '../../src/request/command-capabilities.js';

describe('what a version knows of commands', () => {
  it('supports every command for the newest, a newer and an unknown version', () => {
    for (const version of ['0.169.0', '1.2.3', undefined, 'nonsense']) {
      expect(commandCapabilities(version).since('doctor$')).toBeUndefined();
      expect(commandCapabilities(version).sandboxNamesPlatform).toBe(false);
    }
  });

  it('depends on the first version of a command', () => {
    expect(commandCapabilities('codex-cli 0.98.0').since('doctor$')).toBe('0.150.0');
    expect(commandCapabilities('0.98.0').since('cloudList$')).toBeUndefined();
    expect(commandCapabilities('0.97.9').since('cloudList$')).toBe('0.98.0');
    expect(commandCapabilities('0.149.9').sandboxNamesPlatform).toBe(true);
    expect(commandCapabilities('0.150.1').hasAppServerProxy).toBe(false);
    expect(commandCapabilities('0.171.0').hasAppServerProxy).toBe(true);
  });

  it('throws an error that names the first unsupported option', () => {
    expect(() => {
      assertSupported(commandCapabilities('0.75.0'), 'features$', 'enableFeature$', 'doctor$');
    }).toThrow('enableFeature$ is not supported by codex 0.75.0: it needs CLI 0.98.0 or later. Install another CLI.');
  });
});
