/** What our receiving server found out about who sent a message (RFC 8601). What others wrote into it counts for nothing. */

type Result = { method: string; result: string; props: Map<string, string> }

export type Verdict = 'pass' | 'fail' | 'unknown'

/**
 * Whether the domain of the From stands behind a message. Of several results of our server a failed one decides; SPF and
 * DKIM count where they are about that domain.
 *
 * @param authserv the name of our server; null where it is not known: then nothing passes, and whatever failed has failed
 */
export function verdictOf(headers: string[], authserv: string | null, from: string): Verdict {
  const domain = from.slice(from.lastIndexOf('@') + 1).toLowerCase()
  const found = headers.map(parse).filter(({ id }) => authserv === null || id === authserv.toLowerCase())
  const results = found.flatMap((one) => one.results)
  const of = (method: string) => results.filter((one) => one.method === method)
  if (of('dmarc').some(({ result }) => result === 'fail')) return 'fail'
  const isPassed = ({ method, result, props }: Result) => {
    if (result !== 'pass') return false
    const about = { dmarc: ['header.from'], dkim: ['header.d', 'header.i'], spf: ['smtp.mailfrom'] }[method] ?? []
    return about.some((name) => isAligned(props.get(name), domain))
  }
  if (authserv !== null && results.some(isPassed)) return 'pass'
  const failed = [...of('spf'), ...of('dkim')].some(({ result }) => /^(fail|softfail|policy|permerror)$/.test(result))
  return failed && !results.some(isPassed) ? 'fail' : 'unknown'
}

/** The same domain, or one above or below it. */
function isAligned(value: string | undefined, domain: string): boolean {
  const given = value?.slice(value.lastIndexOf('@') + 1).toLowerCase()
  if (!given?.includes('.')) return false
  return given === domain || domain.endsWith(`.${given}`) || given.endsWith(`.${domain}`)
}

function parse(header: string): { id: string; results: Result[] } {
  const [first = '', ...rest] = withoutComments(header).split(';')
  const results = rest.flatMap((text) => {
    const [, method, result, more] = /^\s*([a-z0-9-]+)(?:\s*\/\s*\d+)?\s*=\s*([a-z]+)\b(.*)$/is.exec(text) ?? []
    if (!method || !result) return []
    const props = [...(more ?? '').matchAll(/([a-z]+\.[a-z0-9-]+)\s*=\s*"?([^\s"]+)/gi)]
    return [
      {
        method: method.toLowerCase(),
        result: result.toLowerCase(),
        props: new Map(props.map(([, name, value]) => [name!.toLowerCase(), value!])),
      },
    ]
  })
  return { id: first.trim().split(/\s/)[0]!.toLowerCase(), results }
}

/** Comments nest (RFC 5322, 3.2.2); a few levels are enough, the rest is no result. */
function withoutComments(text: string): string {
  let [before, after] = ['', text]
  for (let level = 0; level < 5 && before !== after; level++)
    [before, after] = [after, after.replace(/\([^()]*\)/g, ' ')]
  return after
}
