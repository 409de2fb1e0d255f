import { RemixBrowser } from '@remix-run/react'
import { StrictMode, startTransition } from 'react'
import { hydrateRoot } from 'react-dom/client'

/**
 * Waits until the page's data is decoded. `RemixBrowser` begins that where it is first rendered, and suspends until it is
 * done. Input that comes then makes React take the page over at once, and a suspended root cannot be (React's error
 * 345). So it is begun here, before React has the page: what is typed until then is the browser's alone, and stays.
 */
async function dataDecoded() {
  try {
    RemixBrowser({})
  } catch (decoding) {
    await decoding
  }
}

void dataDecoded().then(() =>
  startTransition(() => {
    hydrateRoot(
      document,
      <StrictMode>
        <RemixBrowser />
      </StrictMode>,
    )
  }),
)
