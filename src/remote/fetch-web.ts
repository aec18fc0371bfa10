import type { RemoteGet } from './fetch.ts'

/** GET where the platform itself keeps requests out of private networks: Cloudflare Workers. */
export const remoteGetOnWeb: RemoteGet = (url, headers, signal) => fetch(url, { headers, signal, redirect: 'manual' })
