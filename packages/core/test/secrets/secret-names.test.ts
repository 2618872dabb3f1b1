import { secretsOf } from '../../src/process/environment.js';
import { isSecretVariable } from '../../src/secrets/secret-names.js';

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

  it('omits values that are too short to be distinguished from other text', () => {
    expect(secretsOf({ API_KEY: 'short', TOKEN: undefined })).toEqual([]);
  });
});

describe('isSecretVariable', () => {
  it.each([
    ...[
      'VAULT_SECRET_ID',
      'DOCKER_AUTH_CONFIG',
      'SSHPASS',
      'MYSQL_PWD',
      'SLACK_WEBHOOK_URL',
      'AZURE_CONNECTION_STRING',
    ],
    ...['SENTRY_DSN', 'API_KEY_OF_ME', 'PGPASSWORD', 'TLS_PRIVATE_KEY_PEM', 'DEPLOY_KEY_BASE64', 'JWT', 'ID_JWT'],
  ])('accepts %s', (name) => {
    expect(isSecretVariable(name)).toBe(true);
  });

  it.each(['PWD', 'OLDPWD', 'TOKEN_URL', 'SECRET_NAME', 'DATABASE_URL', 'AWS_ACCESS_KEY_ID', ''])(
    'rejects %j',
    (name) => {
      expect(isSecretVariable(name)).toBe(false);
    },
  );

  it('accepts the password of a URL in any variable, also in one that is a secret', () => {
    const url = 'postgres://me:hunter2hunter2@db/x';
    expect(secretsOf({ DATABASE_URL: url })).toEqual(['hunter2hunter2']);
    expect(secretsOf({ DATABASE_CONNECTION_URL: url })).toEqual([url, 'hunter2hunter2']);
  });
});
