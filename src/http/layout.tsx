/** The frame of every page. Pages work without JavaScript; there is no inline script or style (the CSP forbids both). */
import { raw } from 'hono/html'
import type { Child } from 'hono/jsx'

type Frame = {
  title: string
  /** One sentence for search engines and previews. */
  description?: string
  /** The page's own address, absolute. */
  url: string
  /** Feeds of what the page shows, for programs that look for them. */
  feeds?: { href: string; title: string; type?: string }[]
  /** Private pages (manage links) must not be indexed. */
  isPrivate?: boolean
  /** What it is to Open Graph: `website` where it does not say. */
  kind?: string
  /** What it is about, as schema.org says it. */
  data?: object
  /** Whether it needs the width of the screen: a grid. */
  isWide?: boolean
  /** The address of a script of ours that makes the page handier. */
  script?: string
  children: Child
}

/** A leaf of a calendar. In the page, since a browser asks for /favicon.ico where none is named. */
const ICON =
  "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'><rect width='16' height='16' rx='3' fill='%234338ca'/><path d='M3 6h10v7H3z' fill='%23fff'/></svg>"

/** JSON in a page: nothing in it ends its element. */
const inScript = (data: object): string => JSON.stringify(data).replace(/[<\u2028\u2029]/g, escapedIn)
const escapedIn = (char: string): string => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`

/** What every page begins with. */
const Head = ({ title }: { title: string }) => (
  <>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>{title}</title>
    <meta name="color-scheme" content="light dark" />
    <link rel="stylesheet" href="/style.css" />
  </>
)

/** The frame of what other pages show inside theirs: nothing but its content. */
export const Bare = ({ title, children }: { title: string; children: Child }) => (
  <html lang="en">
    <head>
      <Head title={title} />
      <meta name="robots" content="noindex" />
    </head>
    <body class="bare">
      <main>{children}</main>
    </body>
  </html>
)

export const Layout = ({
  title,
  description,
  url,
  feeds = [],
  isPrivate = false,
  kind = 'website',
  data,
  isWide = false,
  script,
  children,
}: Frame) => (
  <html lang="en">
    <head>
      <Head title={title} />
      {description ? <meta name="description" content={description} /> : null}
      {isPrivate ? (
        <meta name="robots" content="noindex, nofollow" />
      ) : (
        <>
          <link rel="canonical" href={url} />
          <meta property="og:title" content={title} />
          <meta property="og:url" content={url} />
          <meta property="og:type" content={kind} />
          <meta property="og:site_name" content="Convene" />
          {description ? <meta property="og:description" content={description} /> : null}
        </>
      )}
      <link rel="icon" href={ICON} />
      {data && !isPrivate ? <script type="application/ld+json">{raw(inScript(data))}</script> : null}
      {script ? <script src={script} defer></script> : null}
      {feeds.map(({ href, title: name, type = 'text/calendar' }) => (
        <link rel="alternate" type={type} href={href} title={name} />
      ))}
    </head>
    <body>
      <a class="skip" href="#main">
        Skip to the content
      </a>
      <header class="top">
        <nav aria-label="Main">
          <a class="brand" href="/">
            Convene
          </a>
          <a href="/talks">Talks</a>
          <a href="/docs">API</a>
        </nav>
      </header>
      <main id="main" class={isWide ? 'wide' : ''}>
        {children}
      </main>
      <footer>
        <p>
          Calendars, RSVPs and talks by <a href="/">Convene</a>. <a href="/manage">For organizers</a>
        </p>
      </footer>
    </body>
  </html>
)
