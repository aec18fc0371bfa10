/** What frames and other websites load from here. The same for everybody, so it may be kept. */
import { type Context, Hono } from 'hono'
import { etag } from 'hono/etag'
import type { AppEnv } from '../http/app-env.ts'
import { proofScript } from '../http/proof-script.ts'
import { coloursOf } from './colours.ts'
import { embedScript } from './embed-script.ts'
import { frameScript } from './frame-script.ts'

export const embedRoutes = new Hono<AppEnv>()

const file = (c: Context<AppEnv>, type: string, body: string) =>
  c.body(body, 200, {
    'Content-Type': `${type}; charset=utf-8`,
    'Cache-Control': 'public, max-age=3600',
    // Websites that let in only what allows it (COEP, integrity) may use it too.
    'Access-Control-Allow-Origin': '*',
    'Cross-Origin-Resource-Policy': 'cross-origin',
  })

embedRoutes.get('/embed.js', etag(), (c) => file(c, 'text/javascript', embedScript(c.env.baseUrl)))
embedRoutes.get('/embed-frame.js', etag(), (c) => file(c, 'text/javascript', frameScript + proofScript))
embedRoutes.get('/embed/colours.css', etag(), (c) => file(c, 'text/css', coloursOf(c.req.query())))
