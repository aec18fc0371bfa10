import type { RemoteGet, RemotePost } from './fetch.ts'

/** GET where the platform itself keeps requests out of private networks: Cloudflare Workers. */
export const remoteGetOnWeb: RemoteGet = (url, headers, signal) => fetch(url, { headers, signal, redirect: 'manual' })

/** The same as a POST. */
export const remotePostOnWeb: RemotePost = (url, headers, body, signal) =>
  fetch(url, { method: 'POST', headers, body, signal, redirect: 'manual' })
