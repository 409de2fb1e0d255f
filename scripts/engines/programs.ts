import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

const LIBRARIES = ['/usr/lib/x86_64-linux-gnu', '/usr/lib/aarch64-linux-gnu', '/usr/libexec', '/usr/lib64']

function find(what: string, install: string, places: readonly string[]): string {
  const found = places.find(place => place !== '' && existsSync(place))
  if (!found) throw new Error(`${what} is not on this machine: ${install}`)
  return found
}

const inPath = (name: string) => (process.env.PATH ?? '').split(delimiter).map(folder => join(folder, name))

/** Finds the programs of both engines, or those that FIREFOX, WEBKIT_DRIVER and WEBKIT name; throws how to install them. */
export const findPrograms = () => ({
  firefox: find('Firefox', 'Debian: apt install firefox-esr', [
    process.env.FIREFOX ?? '',
    ...inPath('firefox-esr'),
    ...inPath('firefox'),
  ]),
  driver: find('WebKitGTK’s driver', 'Debian: apt install webkit2gtk-driver', [
    process.env.WEBKIT_DRIVER ?? '',
    ...inPath('WebKitWebDriver'),
  ]),
  screen: find('A virtual screen', 'Debian: apt install xvfb', inPath('Xvfb')),
  webkit: find('WebKitGTK’s browser', 'Debian: apt install libwebkit2gtk-4.1-0', [
    process.env.WEBKIT ?? '',
    ...LIBRARIES.flatMap(folder =>
      ['4.1', '4.0', '6.0'].map(of => join(folder, `webkit${of === '6.0' ? '' : '2'}gtk-${of}`, 'MiniBrowser')),
    ),
  ]),
})
