import { createCipheriv, hash } from 'node:crypto'
import { prepared, transact } from '#db/client.server.ts'
import { createKey } from '#db/keys.server.ts'
import { TEST_KEY } from '#tests/make.ts'

/**
 * Gives a campaign a matching key that is the same in every run, from a word. What is drawn by this key, such as the
 * steps of public figures, is then the same too.
 */
export function giveMatchKey(campaignId: number, word: string) {
  transact(tx => {
    const id = createKey(tx, { campaignId }, 'match', 0)
    prepared('update wrapped_key set wrapped = ? where id = ?').run(wrapped(id, hash('sha256', word, 'buffer')), id)
  })
}

/** An envelope of key 0, the master key, as db/keys.server.ts makes it. */
function wrapped(id: number, key: Buffer): Buffer {
  const iv = Buffer.alloc(12, id)
  const cipher = createCipheriv('aes-256-gcm', Buffer.from(TEST_KEY, 'base64'), iv)
  cipher.setAAD(Buffer.from(`wrapped_key.wrapped.${id}`))
  const sealed = Buffer.concat([cipher.update(key), cipher.final()])
  return Buffer.concat([Buffer.from([1, 0, 0, 0, 0]), iv, cipher.getAuthTag(), sealed])
}
