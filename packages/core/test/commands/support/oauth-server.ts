import { type HttpServer, httpServer } from './http-server.js';

/** An MCP server that wants a login over OAuth, and gives one to everybody. */
export async function oauthServer(): Promise<HttpServer> {
  return httpServer((route, body, url) => {
    if (route.startsWith('GET /.well-known/oauth-protected-resource'))
      return { body: { resource: `${url}/mcp`, authorization_servers: [url] } };
    if (route.startsWith('GET /.well-known/'))
      return {
        body: {
          issuer: url,
          authorization_endpoint: `${url}/authorize`,
          token_endpoint: `${url}/token`,
          registration_endpoint: `${url}/register`,
          response_types_supported: ['code'],
          code_challenge_methods_supported: ['S256'],
          grant_types_supported: ['authorization_code', 'refresh_token'],
          token_endpoint_auth_methods_supported: ['none'],
          scopes_supported: ['a', 'b'],
        },
      };
    if (route === 'POST /register')
      return { status: 201, body: { ...(JSON.parse(body) as object), client_id: 'client' } };
    if (route === 'POST /token')
      return {
        body: { access_token: 'access-token-1', token_type: 'Bearer', expires_in: 3600, refresh_token: 'refresh-1' },
      };
    if (route.includes(' /mcp'))
      return {
        status: 401,
        headers: { 'www-authenticate': `Bearer resource_metadata="${url}/.well-known/oauth-protected-resource"` },
      };
    return { status: 404 };
  });
}
