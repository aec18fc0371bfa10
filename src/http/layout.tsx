/** The frame of every page. Pages work without JavaScript; there is no inline script or style (the CSP forbids both). */
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
  /** The address of a script of ours that makes the page handier. */
  script?: string
  children: Child
}

/** A leaf of a calendar. In the page, since a browser asks for /favicon.ico where none is named. */
const ICON =
  "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'><rect width='16' height='16' rx='3' fill='%234338ca'/><path d='M3 6h10v7H3z' fill='%23fff'/></svg>"

export const Layout = ({ title, description, url, feeds = [], isPrivate = false, script, children }: Frame) => (
  <html lang="en">
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <title>{title}</title>
      {description ? <meta name="description" content={description} /> : null}
      {isPrivate ? (
        <meta name="robots" content="noindex, nofollow" />
      ) : (
        <>
          <link rel="canonical" href={url} />
          <meta property="og:title" content={title} />
          <meta property="og:url" content={url} />
          <meta property="og:type" content="website" />
          {description ? <meta property="og:description" content={description} /> : null}
        </>
      )}
      <meta name="color-scheme" content="light dark" />
      <link rel="stylesheet" href="/style.css" />
      <link rel="icon" href={ICON} />
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
      <main id="main">{children}</main>
      <footer>
        <p>
          Calendars, RSVPs and talks by <a href="/">Convene</a>.
        </p>
      </footer>
    </body>
  </html>
)
