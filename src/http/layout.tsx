/** The frame of every page. Pages work without JavaScript; there is no inline script or style (the CSP forbids both). */
import { raw } from 'hono/html'
import type { Child } from 'hono/jsx'
import { DEFAULT_LANGUAGE, directionOf, type Language } from '../languages/index.ts'
import { sayIn } from '../languages/pages/index.ts'
import { Said } from './speaking.tsx'

type Frame = {
  title: string
  /** One sentence for search engines and previews. */
  description?: string
  /** The page's own address, absolute. */
  url: string
  /** A picture of it, absolute, and what is to be seen there. */
  image?: { url: string; text: string } | undefined
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
  /** Of all that it says. */
  language?: Language
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

/** What the script adds to pages it says in the page's language; its own is English. */
function scriptWords(language: Language): Record<string, string> {
  if (language === DEFAULT_LANGUAGE) return {}
  const say = sayIn(language)
  return {
    'data-for-you': say('For you'),
    'data-copy': say('Copy'),
    'data-copied': say('Copied'),
    'data-your-answer': say('Your answer'),
  }
}

type Small = {
  title: string
  /** A sheet after ours, and a script of ours. */
  sheet?: string
  script?: string
  /** `fills` the frame that it is in, or lets the frame `fit` its height. */
  size?: 'fills' | 'fits'
  /** Whether its links open beside the page around it, where they do not say otherwise. */
  opensBeside?: boolean
  children: Child
}

/** The frame of what other pages show inside theirs: nothing but its content. */
export const Bare = ({ title, sheet, script, size = 'fills', opensBeside = false, children }: Small) => (
  <html lang="en">
    <head>
      <Head title={title} />
      {opensBeside ? <base target="_blank" /> : null}
      {sheet ? <link rel="stylesheet" href={sheet} id="colours" /> : null}
      <meta name="robots" content="noindex" />
      {size === 'fits' ? <script src="/site.js" defer></script> : null}
      {script ? <script src={script} defer></script> : null}
    </head>
    <body class={size === 'fills' ? 'bare' : 'framed'}>
      <main>{children}</main>
    </body>
  </html>
)

export const Layout = ({
  title,
  description,
  url,
  image,
  feeds = [],
  isPrivate = false,
  kind = 'website',
  data,
  isWide = false,
  script,
  language = DEFAULT_LANGUAGE,
  children,
}: Frame) => (
  <html lang={language} dir={directionOf(language)}>
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
          <meta property="og:locale" content={language} />
          {description ? <meta property="og:description" content={description} /> : null}
          <meta name="twitter:card" content={image ? 'summary_large_image' : 'summary'} />
          {image ? (
            <>
              <meta property="og:image" content={image.url} />
              <meta property="og:image:type" content="image/png" />
              <meta property="og:image:width" content="1200" />
              <meta property="og:image:height" content="630" />
              <meta property="og:image:alt" content={image.text} />
            </>
          ) : null}
        </>
      )}
      <link rel="icon" href={ICON} />
      {data && !isPrivate ? <script type="application/ld+json">{raw(inScript(data))}</script> : null}
      <script src="/site.js" defer></script>
      {script ? <script src={script} defer></script> : null}
      {feeds.map(({ href, title: name, type = 'text/calendar' }) => (
        <link rel="alternate" type={type} href={href} title={name} />
      ))}
    </head>
    <body {...scriptWords(language)}>
      <a class="skip" href="#main">
        <Said p="Skip to the content" />
      </a>
      <header class="top">
        <nav aria-label="Main">
          <a class="brand" href="/">
            Convene
          </a>
          <a href="/calendar">
            <Said p="Calendar" />
          </a>
          <a href="/talks">
            <Said p="Talks" />
          </a>
          <a href="/docs">API</a>
        </nav>
      </header>
      <main id="main" class={isWide ? 'wide' : ''}>
        {children}
      </main>
      <footer>
        <p>
          <Said p="Calendars, RSVPs and talks by" /> <a href="/">Convene</a>.{' '}
          <a href="/manage">
            <Said p="For organizers" />
          </a>
        </p>
      </footer>
    </body>
  </html>
)
