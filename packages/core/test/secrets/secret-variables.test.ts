import { of } from 'rxjs';
import { secretsOf } from '../../src/process/environment.js';

describe('secretsOf', () => {
  const value = 'a-long-value';
  it.each([
    'OPENAI_API_KEY',
    'AZURE_OPENAI_KEY',
    'GH_TOKEN',
    'AWS_SECRET_ACCESS_KEY',
    'DB_PASSWORD',
    'npm_config__authToken',
    'BEARER',
    'apikey',
    'SECRET_WORD',
  ])('takes the value of %s for one', (name) => {
    expect(secretsOf({ [name]: value })).toEqual([value]);
  });

  it.each([
    'PATH',
    'KEYBOARD',
    'GIT_AUTHOR_NAME',
    'SSH_AUTH_SOCK',
    'TOKENIZER',
    'GOOGLE_CREDENTIALS_FILE',
    'MAX_TOKENS_LIMIT',
    'XAUTHORITY',
  ])('does not take the value of %s for one', (name) => {
    expect(secretsOf({ [name]: value })).toEqual([]);
  });

  it('leaves out values that are too short to be told from other text', () => {
    expect(secretsOf({ API_KEY: 'short', TOKEN: undefined })).toEqual([]);
  });
});
