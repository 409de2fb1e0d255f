import { readFileSync } from 'node:fs'
import sharp from 'sharp'

/**
 * `npm run icons`: draws the app's icons from public/bieu-tuong.svg. The maskable one fills its square, the drawing within
 * the inner 80 % that every mask leaves.
 */
const svg = readFileSync('public/bieu-tuong.svg', 'utf8')
const ground = /<rect[^>]*fill="(#[0-9a-f]{6})"/.exec(svg)?.[1]
if (!ground) throw new Error('the drawing has no ground')

const draw = (text: string, size: number, file: string) =>
  sharp(Buffer.from(text), { density: 72 * (size / 32) })
    .resize(size, size)
    .png({ compressionLevel: 9, palette: true })
    .toFile(`public/${file}`)

const filled = svg.replace(' rx="6"', '')
const masked = filled
  .replace('viewBox="0 0 32 32"', 'viewBox="-4 -4 40 40"')
  .replace('<rect width="32" height="32"', '<rect x="-4" y="-4" width="40" height="40"')
await draw(svg, 192, 'bieu-tuong-192.png')
await draw(svg, 512, 'bieu-tuong-512.png')
await draw(filled, 180, 'bieu-tuong-180.png')
await draw(masked, 512, 'bieu-tuong-che-512.png')
