let shown: number | null = null

/** Notes the campaign that the open page shows; null: none. */
export const notePageCampaign = (campaignId: number | null) => {
  shown = campaignId
}

/** The campaign for which the open page's forms are filled in; null: not known. */
export const pageCampaign = () => shown
