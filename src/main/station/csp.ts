/**
 * The content security policy of the console, the same under Electron (`app:`) and under `serve`, in development and in
 * production. Nothing from elsewhere, no inline script, no inline style, no eval, no frame: the console is one bundle.
 */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');
