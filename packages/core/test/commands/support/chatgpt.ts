import { type HttpServer, httpServer } from './http-server.js';

const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

const TOKEN = [
  part({ alg: 'none', typ: 'JWT' }),
  part({
    email: 'a@example.com',
    exp: 4_102_444_800,
    'https://api.openai.com/auth': {
      chatgpt_plan_type: 'plus',
      chatgpt_account_id: 'account-1',
      chatgpt_user_id: 'user-1',
    },
  }),
  'c2ln',
].join('.');

const DIFF = 'diff --git a/f.txt b/f.txt\nnew file mode 100644\n--- /dev/null\n+++ b/f.txt\n@@ -0,0 +1 @@\n+hello\n';

/** Enough of ChatGPT to log in at with a device code, and to take the diff of a task from. */
export async function chatGpt(): Promise<HttpServer> {
  let polls = 0;
  return httpServer((route) => {
    switch (route) {
      case 'POST /api/accounts/deviceauth/usercode':
        return { body: { device_auth_id: 'd1', user_code: 'ABCD-EFGH', interval: '1' } };
      case 'POST /api/accounts/deviceauth/token':
        polls += 1;
        if (polls < 2) return { status: 403 };
        return { body: { authorization_code: 'code', code_challenge: 'x', code_verifier: 'y' } };
      case 'POST /oauth/token':
        return { body: { id_token: TOKEN, access_token: TOKEN, refresh_token: 'refresh' } };
      case 'GET /backend-api/wham/tasks/task_1':
        return {
          body: {
            current_diff_task_turn: { output_items: [{ type: 'pr', output_diff: { diff: DIFF } }] },
          },
        };
      case 'GET /backend-api/wham/tasks/task_running':
        return { body: { current_diff_task_turn: null } };
      default:
        return { status: 404 };
    }
  });
}
