/** A device with passkeys, made of Web Crypto: what a browser and its authenticator do (WebAuthn Level 3, sections 6 and 7). */

const text = new TextEncoder()
const digest = async (bytes: Uint8Array<ArrayBuffer>) => new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
const join = (...parts: (Uint8Array | number[])[]) => new Uint8Array(parts.flatMap((part) => [...part]))
export const base64url = (bytes: Uint8Array) =>
  btoa(String.fromCharCode(...bytes))
    .replace(/\+/g, '-')
    .replace(/\//g, '_')
    .replace(/=+$/, '')

/** CBOR (RFC 8949) of what attestations hold. */
const head = (major: number, n: number) =>
  n < 24 ? [(major << 5) | n] : n < 256 ? [(major << 5) | 24, n] : [(major << 5) | 25, n >> 8, n & 255]
const int = (n: number) => (n < 0 ? head(1, -1 - n) : head(0, n))
const bytes = (value: Uint8Array) => [...head(2, value.length), ...value]
const string = (value: string) => [...head(3, value.length), ...text.encode(value)]
const map = (...entries: [number[], number[]][]) => [...head(5, entries.length), ...entries.flat(2)]

/** ECDSA's two numbers as ASN.1, which is what devices give. */
function der(raw: Uint8Array): number[] {
  const number = (part: Uint8Array) => {
    const at = part.findIndex((byte) => byte !== 0)
    const trimmed = [...part.slice(at)]
    const signed = trimmed[0]! > 127 ? [0, ...trimmed] : trimmed
    return [2, signed.length, ...signed]
  }
  const both = [...number(raw.slice(0, 32)), ...number(raw.slice(32))]
  return [48, both.length, ...both]
}

const PRESENT = 1
const VERIFIED = 4
const ATTESTED = 64

export type Attestation = { fmt: string; attStmt: number[] }

/** What a test bends: everything else is right. */
export type Bent = {
  origin?: string
  rpId?: string
  flags?: number
  type?: string
  attestation?: (sign: () => Promise<Uint8Array>) => Promise<Attestation> | Attestation
  count?: number
}

export async function authenticator(origin: string) {
  const { publicKey, privateKey } = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, [
    'sign',
    'verify',
  ])
  const id = crypto.getRandomValues(new Uint8Array(32))
  const point = new Uint8Array(await crypto.subtle.exportKey('raw', publicKey))
  // COSE_Key (RFC 9053): EC2, ES256, P-256.
  const key = map(
    [int(1), int(2)],
    [int(3), int(-7)],
    [int(-1), int(1)],
    [int(-2), bytes(point.slice(1, 33))],
    [int(-3), bytes(point.slice(33))],
  )
  let counted = 0

  const sign = async (data: Uint8Array<ArrayBuffer>) =>
    new Uint8Array(der(new Uint8Array(await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, privateKey, data))))
  // A browser reads the challenge as bytes, and writes them anew.
  const bytesOf = (encoded: string) =>
    Uint8Array.from(atob(encoded.replace(/-/g, '+').replace(/_/g, '/')), (char) => char.charCodeAt(0))
  const clientDataOf = (type: string, challenge: string, bent: Bent) =>
    text.encode(
      JSON.stringify({
        type: bent.type ?? type,
        challenge: base64url(bytesOf(challenge)),
        origin: bent.origin ?? origin,
        crossOrigin: false,
      }),
    )
  const authDataOf = async (flags: number, bent: Bent, more: number[] = []) => {
    const rpId = bent.rpId ?? new URL(origin).hostname
    const count = bent.count ?? ++counted
    return join(await digest(text.encode(rpId)), [bent.flags ?? flags, 0, 0, count >> 8, count & 255], more)
  }
  const answer = (response: object) => ({
    id: base64url(id),
    rawId: base64url(id),
    type: 'public-key',
    clientExtensionResults: {},
    authenticatorAttachment: 'platform',
    response,
  })

  return {
    id: base64url(id),
    async create({ challenge }: { challenge: string }, bent: Bent = {}) {
      const clientData = clientDataOf('webauthn.create', challenge, bent)
      const attested = [...new Uint8Array(16), 0, id.length, ...id, ...key]
      const authData = await authDataOf(PRESENT | VERIFIED | ATTESTED, bent, attested)
      const own = async () => sign(join(authData, await digest(clientData)))
      const { fmt, attStmt } = (await bent.attestation?.(own)) ?? { fmt: 'none', attStmt: map() }
      const attestationObject = new Uint8Array(
        map([string('fmt'), string(fmt)], [string('attStmt'), attStmt], [string('authData'), bytes(authData)]),
      )
      return answer({
        clientDataJSON: base64url(clientData),
        attestationObject: base64url(attestationObject),
        transports: ['internal'],
      })
    },
    async get({ challenge }: { challenge: string }, bent: Bent = {}) {
      const clientData = clientDataOf('webauthn.get', challenge, bent)
      const authenticatorData = await authDataOf(PRESENT | VERIFIED, bent)
      return answer({
        clientDataJSON: base64url(clientData),
        authenticatorData: base64url(authenticatorData),
        signature: base64url(await sign(join(authenticatorData, await digest(clientData)))),
      })
    },
  }
}

/** A device's own signature over what it made: no certificate. */
export const selfSigned = async (sign: () => Promise<Uint8Array>): Promise<Attestation> => ({
  fmt: 'packed',
  attStmt: map([string('alg'), int(-7)], [string('sig'), bytes(await sign())]),
})

/** An attestation that says it has certificates. */
export const certified = (): Attestation => ({
  fmt: 'packed',
  attStmt: map(
    [string('alg'), int(-7)],
    [string('sig'), bytes(new Uint8Array(70))],
    [string('x5c'), [...head(4, 1), ...bytes(new Uint8Array(300))]],
  ),
})
