import { desc, eq } from 'drizzle-orm'
import { type Actor, can, permit } from '#app/access/policy.ts'
import { type Day, dayOf } from '#app/domain/calendar.ts'
import {
  checkInstallation,
  GO_LIVE_ITEMS,
  type GoLiveItem,
  goLiveStateOf,
  INSTALLATION_CHECKS,
} from '#app/domain/go-live.ts'
import type { GoLiveInput } from '#app/domain/go-live-input.ts'
import { type Result, refused } from '#app/domain/refusal.ts'
import { folderFault, newestGoodBackup } from '#db/backup.server.ts'
import { readBackupState } from '#db/backup-state.server.ts'
import { db, prepared, transact } from '#db/client.server.ts'
import { liesOnOtherDisk } from '#db/disk.server.ts'
import { account, goLiveItem } from '#db/schema.ts'
import { defaultCampaignId } from './campaign.server.ts'
import { campaignToday } from './clock.server.ts'
import { logEvent } from './event.server.ts'
import { paperGapsOf } from './paper-gap.server.ts'
import { openCampaigns } from './plan.server.ts'
import { rootUnit } from './unit.server.ts'

/** The process settings that the list checks. */
export type Running = {
  isDemo: boolean
  publicUrl: string
  backupFolder: string
  /** null: the continuous copy is elsewhere, or there is none */
  replicaFolder: string | null
  replicaLag: () => number | null
}

const target = () => ({ unitPath: rootUnit().path })

/** Throws 403 unless the actor operates the system; its guide is for operators alone. */
export function permitOperating(actor: Actor) {
  permit(actor, 'system.operate', target())
}

/** Returns true if the actor operates the system. */
export function canOperate(actor: Actor): boolean {
  return can(actor, 'system.operate', target())
}

/**
 * Returns the go-live list: each item with all its notes, newest first, the checks that the system makes by itself,
 * and what is open in campaigns that are not over.
 */
export function findGoLive(actor: Actor, running: Running) {
  permitOperating(actor)
  const now = Date.now()
  const notes = db
    .select({
      id: goLiveItem.id,
      item: goLiveItem.item,
      doneOn: goLiveItem.doneOn,
      documentNumber: goLiveItem.documentNumber,
      note: goLiveItem.note,
      createdAt: goLiveItem.createdAt,
      createdByName: account.displayName,
    })
    .from(goLiveItem)
    .innerJoin(account, eq(account.id, goLiveItem.createdBy))
    .orderBy(desc(goLiveItem.id))
    .all()
  const items = GO_LIVE_ITEMS.map(item => {
    const history = notes.filter(note => note.item === item)
    return { item, history, ...goLiveStateOf(item, history[0]?.doneOn, dayOf(now)) }
  })
  const database = db.$client.name
  const { backupFolder, replicaFolder, replicaLag } = running
  const backedUpAt = newestGoodBackup(backupFolder, now)?.madeAt ?? null
  const { lastFailure } = readBackupState(database)
  const holds = checkInstallation(
    {
      ...running,
      hasBackupsApart: liesOnOtherDisk(database, backupFolder),
      canBackUp: folderFault(backupFolder) === null,
      backedUpAt,
      replicaLagSeconds: replicaLag(),
      hasReplicaApart: replicaFolder === null || liesOnOtherDisk(database, replicaFolder),
    },
    now,
  )
  const checks = INSTALLATION_CHECKS.map(check => ({ check, holds: holds[check] }))
  const campaigns = openCampaigns(campaignToday())
  const papers = paperGapsOf(defaultCampaignId(campaignToday()))
  const open = [
    ...items.filter(({ state }) => state !== 'done'),
    ...checks.filter(check => !check.holds),
    ...campaigns,
    ...papers,
  ].length
  // one that a good backup followed is history
  const backupFailure =
    lastFailure && lastFailure.at > (backedUpAt ?? 0) ? { at: lastFailure.at, reason: lastFailure.reason } : null
  return { items, checks, campaigns, papers, backedUpAt, backupFailure, open }
}

/** How many items that people note are open, and the last days of those to be done again; no permission is asked. */
export function openGoLiveItems(): { open: number; again: Day[] } {
  const done = new Map(
    prepared<[GoLiveItem, Day]>(
      'select item, done_on from go_live_item g where id = (select max(id) from go_live_item n where n.item = g.item)',
    )
      .raw()
      .all(),
  )
  const open = GO_LIVE_ITEMS.map(item => goLiveStateOf(item, done.get(item), dayOf(Date.now()))).filter(
    ({ state }) => state !== 'done',
  )
  return { open: open.length, again: open.flatMap(({ dueOn }) => dueOn ?? []) }
}

/** Notes that an item was done; a note is never changed, the newest counts. */
export function noteGoLive(actor: Actor, input: GoLiveInput): Result {
  permitOperating(actor)
  if (actor.kind !== 'person') throw new Error('a person answers for what was done')
  if (input.doneOn > dayOf(Date.now())) return refused('doneOn', 'in_future')
  transact(tx => {
    tx.insert(goLiveItem)
      .values({ ...input, note: input.note ?? '', createdAt: Date.now(), createdBy: actor.accountId })
      .run()
    logEvent(tx, actor, {
      verb: 'record',
      subject: 'go_live_item',
      subjectId: input.item satisfies GoLiveItem,
      data: { doneOn: input.doneOn },
    })
  })
  return { ok: true }
}
