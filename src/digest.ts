type NodeCrypto = { createHash(name: string): { update(text: string): { digest(form: 'hex'): string } } }
type Process = { getBuiltinModule?(name: string): unknown }

/** Node's own, where there is one: Web Crypto goes over another thread, which takes ten times as long. */
const node = (globalThis as { process?: Process }).process?.getBuiltinModule?.('node:crypto') as NodeCrypto | undefined

const hex = (bytes: ArrayBuffer) =>
  Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, '0')).join('')

/** SHA-256 in hex. Secrets of 256 random bits need no slower hash (ASVS 6.5.2). */
export const sha256 = async (text: string): Promise<string> =>
  node
    ? node.createHash('sha256').update(text).digest('hex')
    : hex(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)))
